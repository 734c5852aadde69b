-- Who submitted what. Three keys, three unique constraints: the event, the submission, the content.

CREATE TABLE docpipeline.content (
  sha256           text        NOT NULL,
  size             bigint      NOT NULL,
  first_submission uuid        NOT NULL,
  first_seen_at    timestamptz NOT NULL DEFAULT now(),
  CONSTRAINT content_pk PRIMARY KEY (sha256),
  CONSTRAINT content_sha256_is_hex CHECK (sha256 ~ '^[0-9a-f]{64}$'),
  CONSTRAINT content_size_is_not_negative CHECK (size >= 0),
  CONSTRAINT content_first_submission_once UNIQUE (first_submission)
);

CREATE TABLE docpipeline.submission (
  id           uuid        NOT NULL,
  bucket       text        NOT NULL,
  key          text        NOT NULL,
  version      text        NOT NULL,
  content      text,
  size         bigint,
  duplicate_of uuid,
  state        text        NOT NULL DEFAULT 'processing',
  reason_code  text,
  reason       text,
  state_by     text        NOT NULL,
  state_detail jsonb,
  state_at     timestamptz NOT NULL DEFAULT now(),
  dead_from    text,
  received_at  timestamptz NOT NULL DEFAULT now(),
  finished_at  timestamptz,
  CONSTRAINT submission_pk PRIMARY KEY (id),
  -- One version of one object is accepted once.
  CONSTRAINT submission_once UNIQUE (bucket, key, version),
  CONSTRAINT submission_content_known FOREIGN KEY (content) REFERENCES docpipeline.content (sha256),
  CONSTRAINT submission_duplicate_of_known FOREIGN KEY (duplicate_of) REFERENCES docpipeline.submission (id),
  CONSTRAINT submission_is_no_duplicate_of_itself CHECK (duplicate_of <> id),
  -- The three parts of submission_once fit into one index entry, whatever a hostile bucket calls its objects.
  CONSTRAINT submission_bucket_length CHECK (octet_length(bucket) BETWEEN 1 AND 256),
  CONSTRAINT submission_key_length CHECK (octet_length(key) BETWEEN 1 AND 2048),
  CONSTRAINT submission_version_length CHECK (octet_length(version) BETWEEN 1 AND 256),
  CONSTRAINT submission_size_is_not_negative CHECK (size >= 0),
  CONSTRAINT submission_state CHECK (state IN ('processing', 'accepted', 'needs_review', 'reviewed', 'rejected', 'dead')),
  CONSTRAINT submission_finished_when_terminal CHECK ((finished_at IS NOT NULL) = (state IN ('accepted', 'reviewed', 'rejected', 'dead'))),
  -- Whoever looks at a submission that did not pass finds out why.
  CONSTRAINT submission_reason_when_not_passed CHECK (state NOT IN ('needs_review', 'rejected', 'dead') OR (reason_code IS NOT NULL AND reason IS NOT NULL)),
  CONSTRAINT submission_reason_code_form CHECK (reason_code ~ '^[a-z][a-z0-9_]{0,62}$'),
  -- Bytes that were refused at the door are the only ones we do not keep.
  CONSTRAINT submission_without_content_is_rejected CHECK (content IS NOT NULL OR (state = 'rejected' AND reason_code = 'too_large')),
  CONSTRAINT submission_duplicate_is_never_accepted CHECK (duplicate_of IS NULL OR (content IS NOT NULL AND state <> 'accepted')),
  CONSTRAINT submission_dead_from_when_dead CHECK ((dead_from IS NOT NULL) = (state = 'dead')),
  CONSTRAINT submission_dead_from CHECK (dead_from IN ('processing', 'needs_review'))
);

-- A content and its first submission are inserted together: the check waits for the commit.
ALTER TABLE docpipeline.content
  ADD CONSTRAINT content_first_submission_known FOREIGN KEY (first_submission) REFERENCES docpipeline.submission (id) DEFERRABLE INITIALLY DEFERRED;

CREATE INDEX submission_by_state ON docpipeline.submission (state, received_at, id);
CREATE INDEX submission_by_time ON docpipeline.submission (received_at, id);
CREATE INDEX submission_by_key ON docpipeline.submission (key);
CREATE INDEX submission_by_content ON docpipeline.submission (content);

CREATE TABLE docpipeline.bucket_event (
  source        text        NOT NULL,
  event_key     text        NOT NULL,
  submission_id uuid        NOT NULL,
  received_at   timestamptz NOT NULL DEFAULT now(),
  -- An event is answered once, however often it is delivered.
  CONSTRAINT bucket_event_once PRIMARY KEY (source, event_key),
  -- Checked at commit: the event is inserted before its submission, so that of two racers one stops before it does any work.
  CONSTRAINT bucket_event_submission_known FOREIGN KEY (submission_id) REFERENCES docpipeline.submission (id) DEFERRABLE INITIALLY DEFERRED,
  CONSTRAINT bucket_event_source_length CHECK (octet_length(source) BETWEEN 1 AND 256),
  CONSTRAINT bucket_event_key_length CHECK (octet_length(event_key) BETWEEN 1 AND 2300)
);

CREATE INDEX bucket_event_by_submission ON docpipeline.bucket_event (submission_id);
