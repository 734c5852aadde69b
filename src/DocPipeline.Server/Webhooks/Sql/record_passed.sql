-- $1 endpoint, $2 lease, $3 position. There is nothing for this endpoint up to there.
UPDATE docpipeline.webhook_endpoint SET position = $3 WHERE id = $1 AND lease = $2 AND position < $3
