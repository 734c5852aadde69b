-- Another way of reading beside the live one, on a share of the claims: what it would have said. Nothing that a claim depends on.
CREATE TABLE docpipeline.comparison (
  submission_id uuid        NOT NULL,
  -- The settings that differ, as they were spelled.
  challenger    text        NOT NULL,
  drawn         boolean     NOT NULL,
  drawn_at      timestamptz NOT NULL DEFAULT now(),
  attempts      integer     NOT NULL DEFAULT 0,
  lease_until   timestamptz,
  done_at       timestamptz,
  problem       text,
  -- Of pages that were read from pictures: how many, words that the live way and the other saw, and those that both saw in the same place.
  pages         integer,
  words_live    integer,
  words_other   integer,
  words_same    integer,
  -- Fields of the claim with the same value, and the others: name, value of the live way and of the other.
  fields_same   integer,
  differences   jsonb,
  CONSTRAINT comparison_once PRIMARY KEY (submission_id, challenger),
  CONSTRAINT comparison_claim_known FOREIGN KEY (submission_id) REFERENCES docpipeline.claim (submission_id),
  CONSTRAINT comparison_challenger_length CHECK (octet_length(challenger) BETWEEN 1 AND 1000),
  CONSTRAINT comparison_attempts CHECK (attempts BETWEEN 0 AND 3),
  CONSTRAINT comparison_done_only_if_drawn CHECK (drawn OR (attempts = 0 AND done_at IS NULL)),
  CONSTRAINT comparison_done_says_what CHECK ((done_at IS NOT NULL) = (fields_same IS NOT NULL AND differences IS NOT NULL AND pages IS NOT NULL)),
  CONSTRAINT comparison_words CHECK (words_same >= 0 AND words_same <= words_live AND words_same <= words_other),
  CONSTRAINT comparison_differences_are_a_list CHECK (jsonb_typeof(differences) = 'array')
);

CREATE INDEX comparison_to_do ON docpipeline.comparison (drawn_at) WHERE drawn AND done_at IS NULL;

GRANT SELECT, INSERT ON docpipeline.comparison TO docpipeline_worker;
GRANT UPDATE (attempts, lease_until, done_at, problem, pages, words_live, words_other, words_same, fields_same, differences) ON docpipeline.comparison TO docpipeline_worker;
