-- $1 names of the migrations that this version needs. Those that are not there, or null.
SELECT string_agg(wanted, ', ' ORDER BY wanted)
FROM unnest($1::text[]) AS wanted
WHERE NOT EXISTS (SELECT FROM public.migration m WHERE m.name = wanted)
