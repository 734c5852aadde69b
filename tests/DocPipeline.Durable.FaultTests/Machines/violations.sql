-- What must hold after every fault; each row is a violation.
SELECT what FROM watch.violation
UNION ALL
SELECT format('step %s of %s is recorded %s times', step_no, instance_id, count(*)) FROM durable.step GROUP BY instance_id, step_no HAVING count(*) > 1
UNION ALL
SELECT format('steps of %s are not dense', instance_id) FROM durable.step JOIN durable.instance USING (instance_id)
  WHERE durable.instance.status = 'completed' GROUP BY instance_id HAVING max(step_no) <> count(DISTINCT step_no)
UNION ALL
SELECT format('%s is completed without the end of step %s', instance_id, step_no) FROM durable.step s JOIN durable.instance i USING (instance_id)
  WHERE i.status = 'completed' AND s.status IN ('retrying', 'waiting')
UNION ALL
SELECT format('epochs of %s go back at step %s', instance_id, step_no) FROM (
  SELECT instance_id, step_no, epoch, max(epoch) OVER (PARTITION BY instance_id ORDER BY round RANGE UNBOUNDED PRECEDING EXCLUDE GROUP) AS before FROM durable.step) s WHERE epoch < before
UNION ALL
SELECT format('step %s of %s has %s effects', s.step_no, s.instance_id, count(e.instance_id)) FROM durable.step s LEFT JOIN effect e USING (instance_id, step_no)
  WHERE s.name = 'Store' GROUP BY s.instance_id, s.step_no, s.status HAVING count(e.instance_id) <> (s.status = 'completed')::int
UNION ALL
SELECT format('effect without step %s of %s', e.step_no, e.instance_id) FROM effect e LEFT JOIN durable.step s USING (instance_id, step_no) WHERE s.step_no IS NULL
UNION ALL
SELECT format('event %s of %s is taken by step %s, which knows nothing of it', x.seq, x.instance_id, x.taken_by_step)
FROM durable.inbox x LEFT JOIN durable.step s ON s.instance_id = x.instance_id AND s.step_no = x.taken_by_step AND s.kind = 'event' AND s.status = 'completed' AND s.name = x.name
  WHERE x.taken_by_step IS NOT NULL AND (s.result ? 'payload') IS NOT TRUE
UNION ALL
SELECT format('step %s of %s has a payload, but took no event', s.step_no, s.instance_id) FROM durable.step s
  WHERE s.kind = 'event' AND s.result ? 'payload' AND NOT EXISTS (SELECT FROM durable.inbox x WHERE x.instance_id = s.instance_id AND x.taken_by_step = s.step_no)
UNION ALL
SELECT format('%s sleeps beside event %s, for which it waits', i.instance_id, x.seq) FROM durable.instance i JOIN durable.inbox x USING (instance_id)
  WHERE i.status = 'waiting' AND x.name = i.waiting_for AND x.taken_by_step IS NULL
UNION ALL
SELECT format('%s died %s times, the hook ran %s times', instance_id, died, hooked) FROM (
  SELECT instance_id, (SELECT count(*) FROM watch.transition t WHERE t.instance_id = i.instance_id AND became = 'dead') AS died,
    (SELECT count(*) FROM hook h WHERE h.instance_id = i.instance_id AND what = 'dead') AS hooked FROM durable.instance i) c WHERE died <> hooked
