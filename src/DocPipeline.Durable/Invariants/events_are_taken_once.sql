-- Each event that was taken has its completed wait, and each wait that ended by an event has the event it took.
-- Two events for one wait are impossible (inbox_one_event_a_step), and so is an event that is taken twice (trigger inbox_guard).
SELECT coalesce(x.instance_id, s.instance_id) AS instance_id, x.seq AS event, coalesce(x.taken_by_step, s.step_no) AS step_no
FROM (SELECT instance_id, seq, taken_by_step FROM durable.inbox WHERE taken_by_step IS NOT NULL) x
FULL JOIN (SELECT instance_id, step_no FROM durable.step WHERE kind = 'event' AND status = 'completed' AND result ? 'payload') s
  ON s.instance_id = x.instance_id AND s.step_no = x.taken_by_step
WHERE x.instance_id IS NULL OR s.instance_id IS NULL
