SELECT EXISTS (SELECT FROM docpipeline.outbox WHERE delivered_at IS NULL)
