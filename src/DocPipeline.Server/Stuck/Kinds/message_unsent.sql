-- A change of state has not been published for long.
-- $1 seconds that are long. Where nothing was ever published, no server has run yet.
SELECT o.submission_id || ' ' || o.audit_seq AS subject, o.topic || ', created ' || to_char(o.created_at AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI:SS"Z"') AS detail
FROM docpipeline.outbox o
WHERE o.delivered_at IS NULL AND o.created_at < now() - make_interval(secs => $1)
  AND EXISTS (
    SELECT FROM (
      (SELECT delivered_at FROM docpipeline.outbox ORDER BY id LIMIT 1)
      UNION ALL
      (SELECT delivered_at FROM docpipeline.outbox ORDER BY id DESC LIMIT 1000)
    ) some_rows
    WHERE delivered_at IS NOT NULL)
ORDER BY o.id
