-- A workflow cannot go on with this version of the program.
SELECT i.instance_id AS subject, i.name || '@' || i.version || ': ' || i.reason AS detail
FROM durable.instance i
WHERE i.status = 'parked'
