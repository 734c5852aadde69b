-- $1 bucket, $2 keys, $3 versions: what became of these objects, with what was read.
SELECT s.key, s.state, s.reason,
       (SELECT string_agg(DISTINCT d.type, ', ' ORDER BY d.type) FROM docpipeline.documents_v1 d WHERE d.submission_id = s.submission_id),
       (SELECT count(*)::int FROM docpipeline.claim_fields_v1 f WHERE f.submission_id = s.submission_id)
FROM unnest($2::text[], $3::text[]) AS wanted (key, version)
JOIN docpipeline.submissions_v1 s ON s.bucket = $1 AND s.key = wanted.key AND s.version = wanted.version
ORDER BY s.state_at, s.key
