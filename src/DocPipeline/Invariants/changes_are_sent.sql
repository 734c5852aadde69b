-- Each change of state has its message in the outbox, with the change's hash, and each message its change.
-- Both are written by one trigger: submission_is_audited. A second message for one change is impossible: outbox_once.
SELECT coalesce(a.submission_id, o.submission_id) AS submission_id, coalesce(a.seq, o.audit_seq) AS seq, o.id AS message
FROM docpipeline.audit a
FULL JOIN docpipeline.outbox o ON o.submission_id = a.submission_id AND o.audit_seq = a.seq
WHERE a.seq IS NULL OR o.id IS NULL OR o.payload ->> 'audit_hash' IS DISTINCT FROM encode(a.hash, 'hex') OR o.payload ->> 'state' IS DISTINCT FROM a.to_state
