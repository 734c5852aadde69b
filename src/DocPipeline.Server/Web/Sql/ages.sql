-- What waits, by how long it has: up to an hour, four hours, a day, three days, and longer.
SELECT count(*) FILTER (WHERE age <= interval '1 hour')::integer, count(*) FILTER (WHERE age > interval '1 hour' AND age <= interval '4 hours')::integer,
       count(*) FILTER (WHERE age > interval '4 hours' AND age <= interval '1 day')::integer, count(*) FILTER (WHERE age > interval '1 day' AND age <= interval '3 days')::integer,
       count(*) FILTER (WHERE age > interval '3 days')::integer
FROM (SELECT now() - since AS age FROM docpipeline.review_waiting WHERE state <> 'dead') waiting
