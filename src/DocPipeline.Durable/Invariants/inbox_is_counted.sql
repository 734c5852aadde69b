-- The counter that guards going to sleep is the number of events raised, and these are numbered from 1 without a gap.
SELECT i.instance_id, i.inbox_seq, coalesce(x.events, 0) AS events, coalesce(x.newest, 0) AS newest
FROM durable.instance i
LEFT JOIN (SELECT instance_id, count(*) AS events, max(seq) AS newest FROM durable.inbox GROUP BY instance_id) x ON x.instance_id = i.instance_id
WHERE i.inbox_seq <> coalesce(x.events, 0) OR i.inbox_seq <> coalesce(x.newest, 0)
