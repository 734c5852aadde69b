-- $1 endpoint, $2 lease, $3 its seconds. The message after the endpoint's position, and extends the lease. Position only: no message for it, and all up to
-- there has been looked at. No row: the lease is lost.
WITH mine AS (
  UPDATE docpipeline.webhook_endpoint SET lease_until = now() + make_interval(secs => $3) WHERE id = $1 AND lease = $2
  RETURNING position, topics
)
SELECT coalesce(m.position, head.position), m.id, m.body
FROM mine
CROSS JOIN LATERAL (SELECT coalesce(max(o.position), mine.position) AS position FROM docpipeline.outbox o) head
LEFT JOIN LATERAL (
  SELECT c.position, c.id, jsonb_build_object('type', c.type, 'timestamp', c.data ->> 'at', 'data', c.data)::text AS body
  FROM docpipeline.changes_v1 c
  WHERE c.position > mine.position AND (mine.topics IS NULL OR c.type = ANY (mine.topics))
  ORDER BY c.position
  LIMIT 1
) m ON true
