-- No step carries an epoch that its instance has not reached: whoever recorded it had claimed the instance.
SELECT s.instance_id, s.step_no, s.epoch, i.epoch AS instance_epoch
FROM durable.step s
JOIN durable.instance i ON i.instance_id = s.instance_id
WHERE s.epoch > i.epoch
