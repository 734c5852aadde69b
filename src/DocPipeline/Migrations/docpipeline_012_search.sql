-- A search looks for a part of any of these. Beside the rest of the claim, so that one index serves it and Postgres knows how rare a part is: it looks
-- for a rare one in the index, and for a frequent one among the newest claims.
ALTER TABLE docpipeline.claim
  -- The submission's key, which never changes.
  ADD COLUMN file text;

UPDATE docpipeline.claim c SET file = s.key FROM docpipeline.submission s WHERE s.id = c.submission_id;

ALTER TABLE docpipeline.claim
  ADD COLUMN words text GENERATED ALWAYS AS (lower(
    coalesce(claim_number, '') || E'\n' || coalesce(policy_number, '') || E'\n' || coalesce(policyholder_name, '') || E'\n' || coalesce(insured_name, '') || E'\n'
    || coalesce(claimant_name, '') || E'\n' || coalesce(patient_name, '') || E'\n' || coalesce(file, ''))) STORED;

-- Without the extension, which managed servers may have to be asked for, a search reads every claim: slower, not wrong.
DO $$
DECLARE
  home name;
BEGIN
  BEGIN
    CREATE EXTENSION IF NOT EXISTS pg_trgm WITH SCHEMA docpipeline;
  EXCEPTION WHEN OTHERS THEN
    RAISE NOTICE 'pg_trgm is not here, so searches read every claim: %', SQLERRM;
  END;
  SELECT n.nspname INTO home FROM pg_opclass o JOIN pg_namespace n ON n.oid = o.opcnamespace WHERE o.opcname = 'gin_trgm_ops';
  IF home IS NOT NULL THEN
    EXECUTE format('CREATE INDEX claim_by_words ON docpipeline.claim USING gin (words %I.gin_trgm_ops)', home);
  END IF;
END
$$;
