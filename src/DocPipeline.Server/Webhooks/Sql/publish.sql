-- $1 most messages. Gives committed messages their position and returns how many. The caller holds the publisher's lock, taken in a statement before this
-- one: then this statement sees what the publisher before has committed.
WITH last AS (
  SELECT coalesce(max(position), 0) AS position FROM docpipeline.outbox
), next AS (
  SELECT id, row_number() OVER (ORDER BY id) AS n
  FROM (SELECT id FROM docpipeline.outbox WHERE delivered_at IS NULL ORDER BY id LIMIT $1) unpublished
)
UPDATE docpipeline.outbox o
SET position = last.position + next.n, delivered_at = now()
FROM last, next
WHERE o.id = next.id
