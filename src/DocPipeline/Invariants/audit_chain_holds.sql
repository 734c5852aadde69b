-- Each row of the audit, and each action of a person between two of them, is as it was written and follows the one before it; the newest row is the state that the submission has.
-- Nothing is missing from the beginning or the middle. The audit and the actions only grow: triggers audit_is_append_only and review_action_is_append_only. The hashes that the
-- outbox sent away prove the same from outside. An action after the last change of state is covered by them when the next one comes.
WITH link AS (
  SELECT a.submission_id, a.seq, 0 AS action, a.prev_hash, a.hash, docpipeline.audit_hash(
           a.prev_hash, a.submission_id, a.seq, a.at, a.from_state, a.to_state, a.reason_code, a.reason, a.by, a.detail) AS written
  FROM docpipeline.audit a
  UNION ALL
  SELECT r.submission_id, r.version, r.id, r.prev_hash, r.hash, docpipeline.action_hash(r)
  FROM docpipeline.review_action r
  -- Actions that are older than their hashes are no links; one after the first link is.
  WHERE r.hash IS NOT NULL OR r.id > (SELECT min(first.id) FROM docpipeline.review_action first WHERE first.hash IS NOT NULL)
), followed AS (
  SELECT l.*, lag(l.hash) OVER (PARTITION BY l.submission_id ORDER BY l.seq, l.action) AS hash_before FROM link l
), chain AS (
  SELECT a.*,
         lag(a.to_state) OVER w AS state_before,
         row_number() OVER w AS place,
         lead(a.seq) OVER w IS NULL AS newest
  FROM docpipeline.audit a
  WINDOW w AS (PARTITION BY a.submission_id ORDER BY a.seq)
)
SELECT submission_id, seq, problem
FROM (
  SELECT f.submission_id, f.seq, unnest(array_remove(ARRAY[
    CASE WHEN f.hash IS DISTINCT FROM f.written OR f.hash IS NULL THEN CASE f.action WHEN 0 THEN 'the row' ELSE 'an action' END || ' is not as it was written' END,
    CASE WHEN f.prev_hash IS DISTINCT FROM coalesce(f.hash_before, decode(repeat('00', 32), 'hex'))
      THEN CASE f.action WHEN 0 THEN 'the row does not follow the one before it' ELSE 'an action does not follow what was before it' END END
  ], NULL)) AS problem
  FROM followed f
  UNION ALL
  SELECT c.submission_id, c.seq, unnest(array_remove(ARRAY[
    CASE WHEN c.seq <> c.place THEN 'a row before it is missing' END,
    CASE WHEN c.from_state IS DISTINCT FROM c.state_before THEN 'it does not begin where the one before it ended' END,
    CASE WHEN c.newest AND (c.to_state, c.reason_code, c.reason, c.by, c.detail)
        IS DISTINCT FROM (s.state, s.reason_code, s.reason, s.state_by, s.state_detail) THEN 'the submission is not what its newest row says' END
  ], NULL)) AS problem
  FROM chain c
  JOIN docpipeline.submission s ON s.id = c.submission_id
  UNION ALL
  SELECT s.id, 0, 'the submission has no audit'
  FROM docpipeline.submission s
  WHERE NOT EXISTS (SELECT FROM docpipeline.audit a WHERE a.submission_id = s.id)
) faults
