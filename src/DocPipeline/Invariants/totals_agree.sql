-- Counted in different tables, the totals are the same: submissions, states, distinct files and their bytes.
SELECT total, counted, expected
FROM (
  SELECT 'submissions, and messages that they began' AS total,
         (SELECT count(*) FROM docpipeline.submission) AS counted,
         (SELECT count(*) FROM docpipeline.outbox WHERE audit_seq = 1) AS expected
  UNION ALL
  SELECT 'distinct files, and submissions that repeat no other',
         (SELECT count(*) FROM docpipeline.content),
         (SELECT count(*) FROM docpipeline.submission WHERE content IS NOT NULL AND duplicate_of IS NULL)
  UNION ALL
  SELECT 'bytes of distinct files, and of submissions that repeat no other',
         (SELECT coalesce(sum(size), 0) FROM docpipeline.content),
         (SELECT coalesce(sum(size), 0) FROM docpipeline.submission WHERE content IS NOT NULL AND duplicate_of IS NULL)
  UNION ALL
  SELECT state || ', and audit rows that lead there less those that lead away',
         count(*),
         (SELECT count(*) FILTER (WHERE a.to_state = state) - count(*) FILTER (WHERE a.from_state = state) FROM docpipeline.audit a)
  FROM docpipeline.submission GROUP BY state
) totals
WHERE counted <> expected
