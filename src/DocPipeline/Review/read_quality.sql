-- $1 how many of the newest results count.
SELECT count(*)::integer AS claims, count(*) FILTER (WHERE wrong > 0)::integer AS wrong_claims,
       coalesce(sum(fields), 0)::integer AS fields, coalesce(sum(wrong), 0)::integer AS wrong_fields
FROM (SELECT fields, wrong FROM docpipeline.quality_result ORDER BY at DESC LIMIT $1) newest
