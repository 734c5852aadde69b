-- What was sent to services that cost money, and what it cost. A row is written before its call and completed after it: what may have been paid stands here,
-- whatever dies. A call that is repeated is paid twice and stands here twice.

CREATE TABLE docpipeline.provider_call (
  id            uuid        NOT NULL,
  provider      text        NOT NULL,
  step          text        NOT NULL,
  content       text        NOT NULL,
  -- Whose budget it spends: comparisons must not take away from claims.
  purse         text        NOT NULL,
  -- Null: made outside of a workflow, such as a comparison of two readers.
  submission_id uuid,
  sent_at       timestamptz NOT NULL,
  -- Of sent_at, in UTC.
  day           date        NOT NULL,
  ended_at      timestamptz,
  outcome       text        NOT NULL DEFAULT 'sent',
  problem       text,
  -- Known from the reply.
  model         text,
  units         jsonb       NOT NULL DEFAULT '{}',
  -- What it may cost while it is sent, then what it cost, as far as prices are known.
  usd           numeric     NOT NULL,
  priced        boolean     NOT NULL,
  -- What it takes from the budgets: usd, or what is assumed where no price is known.
  counted       numeric     NOT NULL,
  prices        text        NOT NULL,
  CONSTRAINT provider_call_pk PRIMARY KEY (id),
  CONSTRAINT provider_call_content_known FOREIGN KEY (content) REFERENCES docpipeline.content (sha256),
  CONSTRAINT provider_call_submission_known FOREIGN KEY (submission_id) REFERENCES docpipeline.submission (id),
  CONSTRAINT provider_call_day_is_that_of_sent_at CHECK (day = (sent_at AT TIME ZONE 'UTC')::date),
  CONSTRAINT provider_call_purse CHECK (purse IN ('claims', 'comparisons')),
  CONSTRAINT provider_call_outcome CHECK (outcome IN ('sent', 'answered', 'failed', 'refused', 'abandoned')),
  CONSTRAINT provider_call_ended_when_not_sent CHECK ((ended_at IS NOT NULL) = (outcome <> 'sent')),
  CONSTRAINT provider_call_answered_by_a_model CHECK (outcome <> 'answered' OR model IS NOT NULL),
  CONSTRAINT provider_call_failed_says_why CHECK ((outcome IN ('failed', 'refused', 'abandoned')) = (problem IS NOT NULL)),
  CONSTRAINT provider_call_units_are_an_object CHECK (jsonb_typeof(units) = 'object'),
  CONSTRAINT provider_call_usd_is_not_negative CHECK (usd >= 0),
  CONSTRAINT provider_call_counted_is_no_less CHECK (counted >= usd AND (counted = usd OR NOT priced))
);

CREATE INDEX provider_call_by_content ON docpipeline.provider_call (content);
CREATE INDEX provider_call_by_submission ON docpipeline.provider_call (submission_id);
CREATE INDEX provider_call_by_time ON docpipeline.provider_call (sent_at, id);

-- The sum of what each day's calls take from its budget. Its row is the lock behind which calls are begun one at a time.
CREATE TABLE docpipeline.provider_day (
  day   date    NOT NULL,
  purse text    NOT NULL,
  usd   numeric NOT NULL,
  CONSTRAINT provider_day_once PRIMARY KEY (day, purse)
);

CREATE VIEW docpipeline.costs_v1 AS
SELECT c.id AS call_id, c.submission_id, c.content AS content_sha256, c.provider, c.model, c.step, c.purse, c.sent_at, c.ended_at, c.outcome, c.problem,
       c.units, c.usd, c.priced, c.prices AS price_version
FROM docpipeline.provider_call c;

COMMENT ON VIEW docpipeline.costs_v1 IS 'One row for each call of a service that costs money.';
COMMENT ON COLUMN docpipeline.costs_v1.submission_id IS 'The submission it was made for; another submission of the same bytes uses its result. Null for calls that no claim depends on.';
COMMENT ON COLUMN docpipeline.costs_v1.model IS 'Operation or model with its version; null until the reply.';
COMMENT ON COLUMN docpipeline.costs_v1.purse IS 'claims, or comparisons of another way of reading with the live one.';
COMMENT ON COLUMN docpipeline.costs_v1.outcome IS 'sent: no reply yet, or the process died before it came; answered; failed: may work later; refused: will not; abandoned: nobody waited for the reply.';
COMMENT ON COLUMN docpipeline.costs_v1.units IS 'What was consumed, by unit: page, input_token, output_token ...';
COMMENT ON COLUMN docpipeline.costs_v1.usd IS 'US dollars as far as prices are known: see priced. While outcome is sent, what it may cost at most.';
COMMENT ON COLUMN docpipeline.costs_v1.priced IS 'False: at least one of the units has no price in the price file, and usd lacks it.';

GRANT SELECT, INSERT ON docpipeline.provider_call TO docpipeline_worker;
GRANT UPDATE (ended_at, outcome, problem, model, units, usd, priced, counted) ON docpipeline.provider_call TO docpipeline_worker;
GRANT SELECT, INSERT ON docpipeline.provider_day TO docpipeline_worker;
GRANT UPDATE (usd) ON docpipeline.provider_day TO docpipeline_worker;
GRANT SELECT ON docpipeline.costs_v1 TO docpipeline_worker, docpipeline_reader;
