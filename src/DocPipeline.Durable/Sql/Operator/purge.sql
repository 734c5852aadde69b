-- $1 age in seconds, $2 limit. Retention; run by the owner of the schema. Journal and inbox go with their instance.
DELETE FROM durable.instance
WHERE instance_id IN (
  SELECT instance_id FROM durable.instance
  WHERE status IN ('completed', 'dead') AND finished_at < now() - make_interval(secs => $1)
  LIMIT $2)
