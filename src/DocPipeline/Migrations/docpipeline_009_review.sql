-- People at work on what waits: who has a document open, and what each of them did.

-- Who works on a submission, until when. One that has expired is nobody's.
CREATE TABLE docpipeline.review_assignment (
  submission_id uuid        NOT NULL,
  account       text        NOT NULL,
  taken_at      timestamptz NOT NULL DEFAULT clock_timestamp(),
  until         timestamptz NOT NULL,
  CONSTRAINT review_assignment_once PRIMARY KEY (submission_id),
  CONSTRAINT review_assignment_submission_known FOREIGN KEY (submission_id) REFERENCES docpipeline.submission (id),
  CONSTRAINT review_assignment_lasts CHECK (until >= taken_at)
);

CREATE INDEX review_assignment_of_account ON docpipeline.review_assignment (account, until);

-- What a person did, committed together with the event that the workflow waits for. It only grows.
CREATE TABLE docpipeline.review_action (
  id            bigint           NOT NULL GENERATED ALWAYS AS IDENTITY,
  submission_id uuid             NOT NULL,
  -- The newest audit row of the submission when the person looked at it.
  version       integer          NOT NULL,
  kind          text             NOT NULL,
  by            text             NOT NULL,
  -- The first pair of eyes, where two are needed.
  first_by      text,
  at            timestamptz      NOT NULL DEFAULT clock_timestamp(),
  -- From taking the document to this action, cut off at half an hour; null if it was not taken.
  seconds       double precision,
  note          text,
  -- Fields with the value before and after.
  changes       jsonb            NOT NULL DEFAULT '[]',
  CONSTRAINT review_action_pk PRIMARY KEY (id),
  CONSTRAINT review_action_of_version FOREIGN KEY (submission_id, version) REFERENCES docpipeline.audit (submission_id, seq),
  CONSTRAINT review_action_kind CHECK (kind IN ('approve', 'reject', 'first_approval', 'replay')),
  CONSTRAINT review_action_by_somebody CHECK (by <> ''),
  CONSTRAINT review_action_two_people CHECK (first_by IS NULL OR (kind = 'approve' AND lower(first_by) <> lower(by))),
  CONSTRAINT review_action_has_reason CHECK (kind <> 'reject' OR (note IS NOT NULL AND note <> '')),
  CONSTRAINT review_action_seconds CHECK (seconds BETWEEN 0 AND 1800),
  CONSTRAINT review_action_changes_are_a_list CHECK (jsonb_typeof(changes) = 'array')
);

-- Two people may press at once: of those who end the review of one version of a submission there is one.
CREATE UNIQUE INDEX review_action_ends_once ON docpipeline.review_action (submission_id, version) WHERE kind IN ('approve', 'reject');
CREATE INDEX review_action_by_time ON docpipeline.review_action (at);

CREATE TRIGGER review_action_is_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON docpipeline.review_action
  FOR EACH STATEMENT EXECUTE FUNCTION docpipeline.refuse_audit_change();
ALTER TABLE docpipeline.review_action ENABLE ALWAYS TRIGGER review_action_is_append_only;

GRANT SELECT, INSERT, UPDATE, DELETE ON docpipeline.review_assignment TO docpipeline_worker;
GRANT SELECT, INSERT ON docpipeline.review_action TO docpipeline_worker;
