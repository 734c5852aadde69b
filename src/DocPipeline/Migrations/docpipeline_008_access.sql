-- Who may use the server, and what they did there that the audit of a submission does not tell.

CREATE TABLE docpipeline.account (
  id            uuid        NOT NULL DEFAULT gen_random_uuid(),
  name          text        NOT NULL,
  role          text        NOT NULL,
  password_hash text        NOT NULL,
  -- Whoever signed in with another stamp is signed out: it changes with the role, the password and when the account is closed.
  stamp         uuid        NOT NULL DEFAULT gen_random_uuid(),
  created_at    timestamptz NOT NULL DEFAULT now(),
  created_by    text        NOT NULL,
  closed_at     timestamptz,
  CONSTRAINT account_pk PRIMARY KEY (id),
  CONSTRAINT account_name_form CHECK (name = btrim(name) AND char_length(name) BETWEEN 1 AND 100 AND name !~ '[[:cntrl:]]'),
  CONSTRAINT account_role CHECK (role IN ('reader', 'reviewer', 'supervisor', 'admin'))
);

-- Two names that a person would take for one are one.
CREATE UNIQUE INDEX account_name_once ON docpipeline.account (lower(name));

-- What people did. It only grows: the worker's role may add and look.
CREATE TABLE docpipeline.access_event (
  id            bigint      NOT NULL GENERATED ALWAYS AS IDENTITY,
  at            timestamptz NOT NULL DEFAULT clock_timestamp(),
  -- As typed: at a failed sign-in there need be no such account.
  account       text        NOT NULL,
  address       text,
  kind          text        NOT NULL,
  submission_id uuid,
  detail        text,
  CONSTRAINT access_event_pk PRIMARY KEY (id),
  CONSTRAINT access_event_kind_form CHECK (kind ~ '^[a-z][a-z0-9_]{0,62}$'),
  CONSTRAINT access_event_account_length CHECK (char_length(account) <= 100),
  CONSTRAINT access_event_submission_known FOREIGN KEY (submission_id) REFERENCES docpipeline.submission (id)
);

CREATE INDEX access_event_of_account ON docpipeline.access_event (lower(account), at);
CREATE INDEX access_event_of_submission ON docpipeline.access_event (submission_id, at) WHERE submission_id IS NOT NULL;
CREATE INDEX access_event_sign_ins ON docpipeline.access_event (at) WHERE kind IN ('sign_in_tried', 'signed_in');

-- The keys that sign cookies: every server process on this database takes the others' cookies.
CREATE TABLE docpipeline.cookie_key (
  name       text        NOT NULL,
  xml        text        NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  CONSTRAINT cookie_key_pk PRIMARY KEY (name)
);

GRANT SELECT, INSERT ON docpipeline.account, docpipeline.access_event, docpipeline.cookie_key TO docpipeline_worker;
GRANT UPDATE (role, password_hash, stamp, closed_at) ON docpipeline.account TO docpipeline_worker;
