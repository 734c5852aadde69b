-- One row for each challenger: claims to compare, compared and given up; pages and words; fields of the same value, of another, seen only live, only by the other.
SELECT k.challenger, count(*)::int, count(k.done_at)::int, count(*) FILTER (WHERE k.done_at IS NULL AND k.attempts >= 3)::int,
       coalesce(sum(k.pages), 0)::int, coalesce(sum(k.words_live), 0)::int, coalesce(sum(k.words_other), 0)::int, coalesce(sum(k.words_same), 0)::int,
       coalesce(sum(k.fields_same), 0)::int,
       coalesce(sum((SELECT count(*) FROM jsonb_array_elements(k.differences) d WHERE d ->> 'live' IS NOT NULL AND d ->> 'other' IS NOT NULL)), 0)::int,
       coalesce(sum((SELECT count(*) FROM jsonb_array_elements(k.differences) d WHERE d ->> 'other' IS NULL)), 0)::int,
       coalesce(sum((SELECT count(*) FROM jsonb_array_elements(k.differences) d WHERE d ->> 'live' IS NULL)), 0)::int
FROM docpipeline.comparison k
WHERE k.drawn
GROUP BY k.challenger
ORDER BY k.challenger
