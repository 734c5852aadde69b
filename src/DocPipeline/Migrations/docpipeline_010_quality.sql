-- Blind checks of claims that nobody has looked at: drawn by chance when a claim is accepted, checked without seeing what the reader thought of itself.

-- One row for each accepted claim that chance has decided about; those that were not drawn are there too, so that nobody is asked twice.
CREATE TABLE docpipeline.quality_draw (
  submission_id uuid             NOT NULL,
  drawn         boolean          NOT NULL,
  share         double precision NOT NULL,
  at            timestamptz      NOT NULL DEFAULT clock_timestamp(),
  CONSTRAINT quality_draw_once PRIMARY KEY (submission_id),
  CONSTRAINT quality_draw_claim_known FOREIGN KEY (submission_id) REFERENCES docpipeline.claim (submission_id),
  CONSTRAINT quality_draw_share CHECK (share BETWEEN 0 AND 1)
);

CREATE INDEX quality_draw_drawn ON docpipeline.quality_draw (at) WHERE drawn;

-- What the person found. The claim stays as it was accepted: others have it already; a wrong one is told to whoever looks after it.
CREATE TABLE docpipeline.quality_result (
  submission_id uuid             NOT NULL,
  by            text             NOT NULL,
  at            timestamptz      NOT NULL DEFAULT clock_timestamp(),
  fields        integer          NOT NULL,
  wrong         integer          NOT NULL,
  seconds       double precision,
  note          text,
  -- Fields that were wrong, with the value before and after.
  changes       jsonb            NOT NULL,
  CONSTRAINT quality_result_once PRIMARY KEY (submission_id),
  CONSTRAINT quality_result_of_draw FOREIGN KEY (submission_id) REFERENCES docpipeline.quality_draw (submission_id),
  CONSTRAINT quality_result_by_somebody CHECK (by <> ''),
  CONSTRAINT quality_result_counts CHECK (fields >= 0 AND wrong >= 0 AND wrong <= fields),
  CONSTRAINT quality_result_changes_are_a_list CHECK (jsonb_typeof(changes) = 'array' AND jsonb_array_length(changes) = wrong)
);

CREATE INDEX quality_result_by_time ON docpipeline.quality_result (at);

-- What waits for a person, and since when. What somebody has decided and the workflow is about to record waits no more.
CREATE VIEW docpipeline.review_waiting AS
SELECT s.id AS submission_id, s.key, s.state, s.reason_code, s.reason, s.state_at AS since, v.version
FROM docpipeline.submission s
CROSS JOIN LATERAL (SELECT max(a.seq) AS version FROM docpipeline.audit a WHERE a.submission_id = s.id) v
WHERE s.state IN ('needs_review', 'dead')
  AND NOT EXISTS (
    SELECT FROM docpipeline.review_action r
    WHERE r.submission_id = s.id AND r.version = v.version AND r.kind IN ('approve', 'reject'))
UNION ALL
SELECT s.id, s.key, 'sample', 'quality_sample', 'Accepted without a person, and drawn by chance: check every value against the page.', d.at, 0
FROM docpipeline.quality_draw d
JOIN docpipeline.submission s ON s.id = d.submission_id AND s.state = 'accepted'
WHERE d.drawn AND NOT EXISTS (SELECT FROM docpipeline.quality_result q WHERE q.submission_id = d.submission_id);

GRANT SELECT, INSERT ON docpipeline.quality_draw, docpipeline.quality_result TO docpipeline_worker;
GRANT SELECT ON docpipeline.review_waiting TO docpipeline_worker;
