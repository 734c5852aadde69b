-- Until the end of the transaction nobody else begins to sign in.
SELECT pg_advisory_xact_lock(hashtextextended('docpipeline sign-in', 0))
