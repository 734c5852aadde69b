-- People whom a provider of identities vouches for. An account has a password, or a person of a provider: never both, never neither.

ALTER TABLE docpipeline.account
  ALTER COLUMN password_hash DROP NOT NULL,
  ADD COLUMN issuer  text,
  -- The provider's name for the person, which never changes and is never given to another one.
  ADD COLUMN subject text,
  ADD CONSTRAINT account_has_one_door CHECK (num_nonnulls(issuer, subject) = CASE WHEN password_hash IS NULL THEN 2 ELSE 0 END),
  ADD CONSTRAINT account_issuer_form CHECK (issuer <> ''),
  ADD CONSTRAINT account_subject_form CHECK (char_length(subject) BETWEEN 1 AND 255);

CREATE UNIQUE INDEX account_once_per_person ON docpipeline.account (issuer, subject) WHERE subject IS NOT NULL;

GRANT UPDATE (issuer, subject) ON docpipeline.account TO docpipeline_worker;
