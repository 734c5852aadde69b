-- Workers say whether the database is as they need it; for that they read which migrations it has had.
GRANT SELECT ON public.migration TO docpipeline_worker
