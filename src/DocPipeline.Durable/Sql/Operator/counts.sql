SELECT status, count(*) FROM durable.instance GROUP BY status
