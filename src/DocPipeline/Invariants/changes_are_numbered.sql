-- Published changes are numbered from one without a gap, those of one submission in the order in which they happened.
-- What is published never changes: trigger outbox_published_is_final.
SELECT submission_id, audit_seq AS seq, position
FROM (
  SELECT submission_id, audit_seq, position,
         row_number() OVER (ORDER BY position) AS place,
         max(coalesce(position, 'Infinity'::float8)) OVER (PARTITION BY submission_id ORDER BY audit_seq ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS before
  FROM docpipeline.outbox
) o
WHERE position IS NOT NULL AND (position <> place OR before >= position)
