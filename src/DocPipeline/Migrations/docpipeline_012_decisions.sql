-- One record of what people decide: docpipeline.review_action. What docpipeline.review_decision holds is taken over, and the table goes.

ALTER TABLE docpipeline.review_action
  -- The decision as it was made, so that its event can be raised again. Of those actions only that end the review of a version.
  ADD COLUMN decision jsonb,
  DROP CONSTRAINT review_action_kind,
  DROP CONSTRAINT review_action_has_reason;
DROP INDEX docpipeline.review_action_ends_once;
ALTER TABLE docpipeline.review_action DISABLE TRIGGER review_action_is_append_only;

-- Decisions that came another way than through the pages.
INSERT INTO docpipeline.review_action (submission_id, version, kind, by, at, note, changes)
SELECT d.submission_id, (SELECT max(a.seq) FROM docpipeline.audit a WHERE a.submission_id = d.submission_id AND a.to_state = 'needs_review'), d.decision, d.by, d.at, d.note,
       (SELECT coalesce(jsonb_agg(jsonb_build_object('field', c ->> 'field', 'from', c -> 'from', 'to', c -> 'to', 'page', c -> 'page')), '[]') FROM jsonb_array_elements(d.corrections) c)
FROM docpipeline.review_decision d
WHERE NOT EXISTS (SELECT FROM docpipeline.review_action r WHERE r.submission_id = d.submission_id AND r.kind IN ('approve', 'reject'));

UPDATE docpipeline.review_action r
SET decision = jsonb_build_object(
  'decision', r.kind, 'by', r.by, 'at', to_char(coalesce(d.at, r.at) AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'), 'note', r.note,
  'corrections', (
    SELECT coalesce(jsonb_agg(jsonb_build_object(
      'field', c ->> 'field', 'value', c -> 'to',
      -- A page without its box was kept by the pages' own record: the reading's place remains.
      'page', CASE WHEN c ->> 'x0' IS NOT NULL THEN c -> 'page' END,
      'box', CASE WHEN c ->> 'x0' IS NOT NULL THEN jsonb_build_object('x0', c -> 'x0', 'y0', c -> 'y0', 'x1', c -> 'x1', 'y1', c -> 'y1') END)), '[]')
    FROM jsonb_array_elements(coalesce(d.corrections, r.changes)) c WHERE c ->> 'field' NOT LIKE 'cell.%'),
  'cells', (
    SELECT jsonb_agg(jsonb_build_object(
      'document', split_part(c ->> 'field', '.', 2)::integer, 'table', split_part(c ->> 'field', '.', 3), 'row', split_part(c ->> 'field', '.', 4)::integer,
      'column', split_part(c ->> 'field', '.', 5), 'value', c -> 'to'))
    FROM jsonb_array_elements(r.changes) c WHERE c ->> 'field' LIKE 'cell.%'))
FROM docpipeline.review_action self
LEFT JOIN docpipeline.review_decision d ON d.submission_id = self.submission_id AND d.decision = self.kind
WHERE self.id = r.id AND r.kind IN ('approve', 'reject');

ALTER TABLE docpipeline.review_action ENABLE ALWAYS TRIGGER review_action_is_append_only;
ALTER TABLE docpipeline.review_action
  ADD CONSTRAINT review_action_kind CHECK (kind IN ('approve', 'reject', 'send_back', 'regroup', 'first_approval', 'replay')),
  ADD CONSTRAINT review_action_keeps_decision CHECK ((decision IS NOT NULL) = (kind IN ('approve', 'reject', 'send_back', 'regroup'))),
  ADD CONSTRAINT review_action_decision_is_its_own CHECK (decision IS NULL OR (decision ->> 'decision' = kind AND decision ->> 'by' = by)),
  ADD CONSTRAINT review_action_has_reason CHECK (kind NOT IN ('reject', 'send_back') OR (note IS NOT NULL AND note <> ''));

-- Two people may press at once: of those who end the review of one version of a submission there is one.
CREATE UNIQUE INDEX review_action_ends_once ON docpipeline.review_action (submission_id, version) WHERE decision IS NOT NULL;
DROP TABLE docpipeline.review_decision;

-- Decisions that are not carried out yet. Between a decision and its end the workflow may die and be replayed; any other change of state is the end.
-- By the state first: few submissions are in review, many were.
CREATE VIEW docpipeline.review_pending AS
SELECT r.submission_id, r.version, r.kind, r.by, r.at, r.note, r.changes, r.decision
FROM docpipeline.submission s
JOIN docpipeline.review_action r ON r.submission_id = s.id AND r.decision IS NOT NULL
WHERE s.state IN ('needs_review', 'dead')
  AND NOT EXISTS (
    SELECT FROM docpipeline.audit a
    WHERE a.submission_id = r.submission_id AND a.seq > r.version AND a.to_state <> 'dead' AND a.from_state <> 'dead');
GRANT SELECT ON docpipeline.review_pending TO docpipeline_worker;

-- The same columns; decided is what has a pending decision.
CREATE OR REPLACE VIEW docpipeline.review_waiting AS
SELECT s.id AS submission_id, s.key, s.state, s.reason_code, s.reason, s.state_at AS since, v.version
FROM docpipeline.submission s
CROSS JOIN LATERAL (SELECT max(a.seq) AS version FROM docpipeline.audit a WHERE a.submission_id = s.id) v
WHERE s.state IN ('needs_review', 'dead')
  AND NOT EXISTS (SELECT FROM docpipeline.review_pending p WHERE p.submission_id = s.id AND s.state = 'needs_review')
UNION ALL
SELECT s.id, s.key, 'sample', 'quality_sample', 'Accepted without a person, and drawn by chance: check every value against the page.', d.at, 0
FROM docpipeline.quality_draw d
JOIN docpipeline.submission s ON s.id = d.submission_id AND s.state = 'accepted'
WHERE d.drawn AND NOT EXISTS (SELECT FROM docpipeline.quality_result q WHERE q.submission_id = d.submission_id);
