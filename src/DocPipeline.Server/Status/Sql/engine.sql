-- The engine's side: live workers, seconds that the oldest due instance has waited for one, steps between two attempts,
-- repeated attempts of the last day, instances that wait for an operator.
SELECT
  (SELECT count(*)::int FROM durable.worker WHERE expires_at > now()),
  (SELECT coalesce(EXTRACT(EPOCH FROM now() - min(wake_at)), 0)::float8 FROM durable.instance WHERE status IN ('pending', 'waiting') AND wake_at <= now()),
  (SELECT count(*)::int FROM durable.step WHERE status = 'retrying'),
  (SELECT coalesce(sum(attempts - 1), 0)::int FROM durable.step WHERE kind = 'activity' AND recorded_at > now() - interval '1 day'),
  (SELECT count(*)::int FROM durable.instance WHERE status = 'dead'),
  (SELECT count(*)::int FROM durable.instance WHERE status = 'parked')
