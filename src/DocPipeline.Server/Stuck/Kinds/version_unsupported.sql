-- Workflows of a version wait that no live worker knows.
SELECT i.name || '@' || i.version AS subject, count(*) || ' open' AS detail
FROM durable.instance i
WHERE i.status IN ('pending', 'waiting') AND EXISTS (SELECT FROM durable.worker w WHERE w.expires_at > now())
GROUP BY i.name, i.version
HAVING NOT EXISTS (SELECT FROM durable.worker w WHERE w.expires_at > now() AND (i.name || '@' || i.version) = ANY (w.workflows))
