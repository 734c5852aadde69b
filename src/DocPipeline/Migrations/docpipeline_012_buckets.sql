-- An object that is gone, or overwritten, before its bytes could be read is recorded: whoever was told of it finds out what became of it.
ALTER TABLE docpipeline.submission
  DROP CONSTRAINT submission_without_content_is_rejected,
  -- Bytes that were refused at the door, or that were not there any more, are the only ones we do not keep.
  ADD CONSTRAINT submission_without_content_is_rejected CHECK (content IS NOT NULL OR (state = 'rejected' AND reason_code IN ('too_large', 'disappeared')));

-- Buckets tell of new objects with keys that can do nothing else.
ALTER TABLE docpipeline.api_key
  DROP CONSTRAINT api_key_scopes,
  ADD CONSTRAINT api_key_scopes CHECK (cardinality(scopes) >= 1 AND scopes <@ ARRAY['read', 'upload', 'export', 'webhooks', 'events']);
