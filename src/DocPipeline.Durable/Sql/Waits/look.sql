-- $1 instance, $2 epoch, $3 event name or null. One snapshot of the inbox counter and the oldest event not yet taken; no row if fenced.
SELECT i.inbox_seq, e.seq
FROM durable.instance i
LEFT JOIN LATERAL (
  SELECT x.seq FROM durable.inbox x
  WHERE x.instance_id = i.instance_id AND x.name = $3 AND x.taken_by_step IS NULL
  ORDER BY x.seq LIMIT 1
) e ON true
WHERE i.instance_id = $1 AND i.epoch = $2 AND i.status = 'running'
