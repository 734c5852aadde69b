-- Keys of programs. The key itself is nowhere: 32 random bytes, of which this is the SHA-256.
CREATE TABLE docpipeline.api_key (
  id           uuid        NOT NULL DEFAULT gen_random_uuid(),
  name         text        NOT NULL,
  hash         bytea       NOT NULL,
  scopes       text[]      NOT NULL,
  created_by   text        NOT NULL,
  created_at   timestamptz NOT NULL DEFAULT now(),
  expires_at   timestamptz,
  revoked_at   timestamptz,
  last_used_at timestamptz,
  CONSTRAINT api_key_pk PRIMARY KEY (id),
  CONSTRAINT api_key_name_form CHECK (name = btrim(name) AND char_length(name) BETWEEN 1 AND 100 AND name !~ '[[:cntrl:]]'),
  CONSTRAINT api_key_hash_once UNIQUE (hash),
  CONSTRAINT api_key_hash_is_sha256 CHECK (octet_length(hash) = 32),
  CONSTRAINT api_key_scopes CHECK (cardinality(scopes) >= 1 AND scopes <@ ARRAY['read', 'upload', 'export', 'webhooks'])
);

-- What a key may do never changes, and a revoked one stays on record.
GRANT SELECT, INSERT ON docpipeline.api_key TO docpipeline_worker;
GRANT UPDATE (revoked_at, last_used_at) ON docpipeline.api_key TO docpipeline_worker;
