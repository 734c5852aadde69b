-- $1 most messages. Gives committed messages their position and returns how many. The caller holds the publisher's lock, taken in a statement before this
-- one: then this statement sees what the publisher before has committed. An array, not a join: statistics of a burst make a join read the whole table.
WITH last AS (
  SELECT coalesce(max(position), 0) AS position FROM docpipeline.outbox
), next AS (
  SELECT ARRAY(SELECT id FROM docpipeline.outbox WHERE delivered_at IS NULL ORDER BY id LIMIT $1) AS ids
)
UPDATE docpipeline.outbox o
SET position = last.position + array_position(next.ids, o.id), delivered_at = now()
FROM last, next
WHERE o.id = ANY (next.ids)
