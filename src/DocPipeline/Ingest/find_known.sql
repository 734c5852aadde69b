-- $1 source, $2 event key, $3 bucket, $4 key, $5 version or null. At most one row: by its event, else by its version.
SELECT known_by_event, id, state, reason_code, duplicate_of
FROM (
  SELECT true AS known_by_event, s.id, s.state, s.reason_code, s.duplicate_of
  FROM docpipeline.bucket_event e
  JOIN docpipeline.submission s ON s.id = e.submission_id
  WHERE e.source = $1 AND e.event_key = $2
  UNION ALL
  SELECT false, s.id, s.state, s.reason_code, s.duplicate_of
  FROM docpipeline.submission s
  WHERE s.bucket = $3 AND s.key = $4 AND s.version = $5
) known
ORDER BY known_by_event DESC
LIMIT 1
