-- The second of two people may return a claim to the first one. That ends nothing: the claim waits on, and the first approval does not stand any more.
ALTER TABLE docpipeline.review_action
  -- The first approval that is returned.
  ADD COLUMN returns bigint,
  DROP CONSTRAINT review_action_kind,
  DROP CONSTRAINT review_action_two_people,
  DROP CONSTRAINT review_action_has_reason;

ALTER TABLE docpipeline.review_action
  ADD CONSTRAINT review_action_kind CHECK (kind IN ('approve', 'reject', 'send_back', 'regroup', 'first_approval', 'return', 'replay')),
  ADD CONSTRAINT review_action_two_people CHECK (first_by IS NULL OR (kind IN ('approve', 'return') AND lower(first_by) <> lower(by))),
  ADD CONSTRAINT review_action_has_reason CHECK (kind NOT IN ('reject', 'send_back', 'return') OR (note IS NOT NULL AND note <> '')),
  ADD CONSTRAINT review_action_returns_an_approval CHECK ((kind = 'return') = (returns IS NOT NULL) AND (kind <> 'return' OR first_by IS NOT NULL)),
  ADD CONSTRAINT review_action_returned_known FOREIGN KEY (returns) REFERENCES docpipeline.review_action (id);

-- Two people may press at once: a first approval is returned once.
CREATE UNIQUE INDEX review_action_returns_once ON docpipeline.review_action (returns) WHERE returns IS NOT NULL;
-- The queue asks for them once a document.
CREATE INDEX review_action_first_approvals ON docpipeline.review_action (submission_id, version, id) WHERE kind = 'first_approval';
