-- All document workflows with their journals and events, as one JSON array. Stack traces stay behind: they name folders of the machine.
SELECT jsonb_pretty(jsonb_agg(jsonb_build_object(
  'file', s.key,
  'instance', jsonb_build_object(
    'instance_id', i.instance_id, 'name', i.name, 'version', i.version, 'status', i.status, 'input', i.input, 'output', i.output,
    'reason', i.reason, 'epoch', i.epoch, 'inbox_seq', i.inbox_seq, 'created_at', i.created_at),
  'steps', (
    SELECT jsonb_agg((to_jsonb(t) - 'instance_id' - 'attempt_id') #- '{failure,detail}' ORDER BY t.step_no) FROM durable.step t WHERE t.instance_id = i.instance_id),
  'events', (
    SELECT coalesce(jsonb_agg(to_jsonb(x) - 'instance_id' ORDER BY x.seq), '[]') FROM durable.inbox x WHERE x.instance_id = i.instance_id)
  ) ORDER BY s.key))
FROM durable.instance i
JOIN docpipeline.submission s ON s.id::text = i.instance_id
