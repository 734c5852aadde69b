-- $1 days, today among them (UTC). One row for each: what came to its end without a person, through a person, was rejected, and what a person has to look at.
SELECT d.day::date, count(s.id) FILTER (WHERE s.state = 'accepted')::integer AS accepted, count(s.id) FILTER (WHERE s.state = 'reviewed')::integer AS reviewed,
       count(s.id) FILTER (WHERE s.state = 'rejected')::integer AS rejected
FROM generate_series(date_trunc('day', now() AT TIME ZONE 'UTC') - make_interval(days => $1 - 1), date_trunc('day', now() AT TIME ZONE 'UTC'), interval '1 day') AS d(day)
LEFT JOIN docpipeline.submission s ON s.finished_at >= d.day AT TIME ZONE 'UTC' AND s.finished_at < (d.day + interval '1 day') AT TIME ZONE 'UTC' AND s.state <> 'dead'
GROUP BY d.day ORDER BY d.day
