-- $1 state, $2 reason code, $3 pattern, $4 person, each null for any; $5 order, $6 limit.
SELECT w.submission_id, w.key, w.state, w.reason_code, w.reason, w.since, c.claim_number, c.policy_number,
       coalesce(c.insured_name, c.policyholder_name, c.claimant_name, c.patient_name) AS person, c.total_amount, c.currency,
       (SELECT count(*)::integer FROM (
          SELECT f.name FROM docpipeline.claim_field f WHERE f.submission_id = w.submission_id AND NOT f.accepted
          UNION
          SELECT x.field FROM docpipeline.finding x WHERE x.submission_id = w.submission_id AND x.severity = 'error' AND x.field IS NOT NULL
        ) to_check WHERE w.state <> 'sample') AS doubtful,
       h.account AS held_by, first.by AS first_by, returned.by AS returned_by
FROM docpipeline.review_waiting w
LEFT JOIN docpipeline.claim c ON c.submission_id = w.submission_id
LEFT JOIN docpipeline.review_assignment h ON h.submission_id = w.submission_id AND h.until > now()
LEFT JOIN LATERAL (
  SELECT r.id, r.by FROM docpipeline.review_action r
  WHERE r.submission_id = w.submission_id AND r.version = w.version AND r.kind = 'first_approval' ORDER BY r.id DESC LIMIT 1
) first ON true
LEFT JOIN docpipeline.review_action returned ON returned.returns = first.id
WHERE ($1::text IS NULL OR w.state = $1)
  AND ($2::text IS NULL OR w.reason_code = $2)
  AND ($3::text IS NULL OR w.key ILIKE $3 OR c.claim_number ILIKE $3 OR c.policy_number ILIKE $3
    OR c.insured_name ILIKE $3 OR c.policyholder_name ILIKE $3 OR c.claimant_name ILIKE $3 OR c.patient_name ILIKE $3 OR c.provider ILIKE $3)
  AND ($4::text IS NULL OR h.account = $4 OR (returned.by IS NOT NULL AND first.by = $4))
ORDER BY
  CASE WHEN $5 = 'Amount' THEN c.total_amount END DESC NULLS LAST,
  CASE WHEN $5 = 'Newest' THEN w.since END DESC,
  w.since, w.submission_id
LIMIT $6
