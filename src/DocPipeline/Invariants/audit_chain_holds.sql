-- Each row of the audit is as it was written, follows the one before it, and the newest one is the state that the submission has.
-- No row is missing from the beginning or the middle. The audit only grows: trigger audit_is_append_only. The hashes that the outbox sent away prove
-- the same from outside.
WITH chain AS (
  SELECT a.*,
         lag(a.hash) OVER w AS hash_before,
         lag(a.to_state) OVER w AS state_before,
         row_number() OVER w AS place,
         lead(a.seq) OVER w IS NULL AS newest
  FROM docpipeline.audit a
  WINDOW w AS (PARTITION BY a.submission_id ORDER BY a.seq)
)
SELECT submission_id, seq, problem
FROM (
  SELECT c.submission_id, c.seq, unnest(array_remove(ARRAY[
    CASE WHEN c.hash <> docpipeline.audit_hash(
        c.prev_hash, c.submission_id, c.seq, c.at, c.from_state, c.to_state, c.reason_code, c.reason, c.by, c.detail)
      THEN 'the row is not as it was written' END,
    CASE WHEN c.prev_hash <> coalesce(c.hash_before, decode(repeat('00', 32), 'hex')) THEN 'the row does not follow the one before it' END,
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
