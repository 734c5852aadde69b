-- Open instances of a version that no live worker knows.
SELECT i.name, i.version, count(*)
FROM durable.instance i
WHERE i.status IN ('pending', 'waiting')
GROUP BY i.name, i.version
HAVING NOT EXISTS (SELECT FROM durable.worker w WHERE w.expires_at > now() AND (i.name || '@' || i.version) = ANY (w.workflows))
ORDER BY i.name, i.version
