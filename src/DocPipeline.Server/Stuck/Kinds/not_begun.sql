-- A submission has no workflow that works on it.
-- Embedded, both begin in one transaction; elsewhere the start comes after the commit, and a crash in between loses it.
SELECT s.id::text AS subject, 'received ' || to_char(s.received_at AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI:SS"Z"') AS detail
FROM docpipeline.submission s
WHERE (s.state = 'processing' OR (s.state = 'needs_review' AND s.duplicate_of IS NOT NULL))
  AND NOT EXISTS (SELECT FROM durable.instance i WHERE i.instance_id = s.id::text)
