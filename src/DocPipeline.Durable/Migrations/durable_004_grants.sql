GRANT USAGE ON SCHEMA durable TO docpipeline_worker, docpipeline_reader;
GRANT SELECT ON ALL TABLES IN SCHEMA durable TO docpipeline_worker, docpipeline_reader;
-- Data only, never the schema; and no deletion of instances: retention is the owner's.
GRANT INSERT, UPDATE, DELETE ON durable.worker TO docpipeline_worker;
GRANT INSERT, UPDATE ON durable.instance, durable.inbox TO docpipeline_worker;
GRANT INSERT, UPDATE, DELETE ON durable.step TO docpipeline_worker;
GRANT INSERT ON durable.step_archive TO docpipeline_worker;
