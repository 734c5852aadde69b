-- $1 endpoint.
SELECT failures FROM docpipeline.webhook_endpoint WHERE id = $1
