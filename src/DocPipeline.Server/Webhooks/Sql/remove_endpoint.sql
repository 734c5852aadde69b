-- $1 endpoint.
DELETE FROM docpipeline.webhook_endpoint WHERE id = $1
