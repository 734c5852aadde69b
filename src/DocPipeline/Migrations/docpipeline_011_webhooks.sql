-- Changes in an order that others can follow, and who is told about them.

-- The identity of a message is taken before its transaction commits, so a reader that goes by it misses whatever commits late. A position is given
-- afterwards, by one publisher at a time: whoever has seen a position has seen all before it.
ALTER TABLE docpipeline.outbox ADD COLUMN position bigint;
UPDATE docpipeline.outbox o SET position = d.position
FROM (SELECT id, row_number() OVER (ORDER BY id) AS position FROM docpipeline.outbox WHERE delivered_at IS NOT NULL) d
WHERE d.id = o.id;
ALTER TABLE docpipeline.outbox
  ADD CONSTRAINT outbox_position_once UNIQUE (position),
  ADD CONSTRAINT outbox_position_from_one CHECK (position >= 1),
  ADD CONSTRAINT outbox_position_when_delivered CHECK ((position IS NULL) = (delivered_at IS NULL));
GRANT UPDATE (position) ON docpipeline.outbox TO docpipeline_worker;

CREATE FUNCTION docpipeline.refuse_published_change() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $body$
BEGIN
  RAISE EXCEPTION 'Message % has been published: it cannot change.', OLD.id
    USING ERRCODE = 'check_violation', CONSTRAINT = 'outbox_published_is_final';
END
$body$;

CREATE TRIGGER outbox_published_is_final BEFORE UPDATE ON docpipeline.outbox
  FOR EACH ROW WHEN (OLD.position IS NOT NULL) EXECUTE FUNCTION docpipeline.refuse_published_change();
ALTER TABLE docpipeline.outbox ENABLE ALWAYS TRIGGER outbox_published_is_final;

CREATE VIEW docpipeline.changes_v1 AS
SELECT o.position, 'msg_' || o.id AS id, o.topic AS type, (o.payload ->> 'at')::timestamptz AS at, o.submission_id, o.payload AS data
FROM docpipeline.outbox o
WHERE o.position IS NOT NULL;

COMMENT ON VIEW docpipeline.changes_v1 IS 'One row for each change of state of a submission, in the order of position. Go on after the last position that you have seen: nothing ever appears before it.';
COMMENT ON COLUMN docpipeline.changes_v1.position IS 'From 1, without gaps.';
COMMENT ON COLUMN docpipeline.changes_v1.id IS 'The webhook-id under which the same change is sent.';
COMMENT ON COLUMN docpipeline.changes_v1.type IS 'submission. and the new state.';
GRANT SELECT ON docpipeline.changes_v1 TO docpipeline_worker, docpipeline_reader;

CREATE TABLE docpipeline.webhook_endpoint (
  id              uuid        NOT NULL,
  url             text        NOT NULL,
  topics          text[],
  -- In clear, because signing needs it. No view shows it.
  secret          text        NOT NULL,
  created_by      text        NOT NULL,
  created_at      timestamptz NOT NULL DEFAULT now(),
  disabled_at     timestamptz,
  -- Messages after start_position up to position have been delivered, or given up.
  start_position  bigint      NOT NULL,
  position        bigint      NOT NULL,
  -- Since when the message after position is owed: created, enabled or replayed.
  owed_since      timestamptz NOT NULL DEFAULT now(),
  -- Of the message after position.
  attempts        integer     NOT NULL DEFAULT 0,
  -- In a row, of whatever message.
  failures        integer     NOT NULL DEFAULT 0,
  failing_since   timestamptz,
  last_problem    text,
  next_attempt_at timestamptz NOT NULL DEFAULT now(),
  lease           uuid,
  lease_until     timestamptz,
  CONSTRAINT webhook_endpoint_pk PRIMARY KEY (id),
  CONSTRAINT webhook_endpoint_url_length CHECK (octet_length(url) BETWEEN 1 AND 2048),
  CONSTRAINT webhook_endpoint_secret_form CHECK (secret ~ '^whsec_[A-Za-z0-9+/]{32,86}={0,2}$'),
  CONSTRAINT webhook_endpoint_topics_are_some CHECK (cardinality(topics) >= 1),
  CONSTRAINT webhook_endpoint_positions CHECK (0 <= start_position AND start_position <= position),
  CONSTRAINT webhook_endpoint_failing_when_failed CHECK (
    (failures > 0) = (failing_since IS NOT NULL) AND (failures > 0) = (last_problem IS NOT NULL) AND attempts BETWEEN 0 AND failures),
  CONSTRAINT webhook_endpoint_lease_ends CHECK ((lease IS NULL) = (lease_until IS NULL))
);

CREATE TABLE docpipeline.webhook_delivery (
  endpoint_id uuid        NOT NULL,
  position    bigint      NOT NULL,
  outcome     text        NOT NULL,
  attempts    integer     NOT NULL,
  at          timestamptz NOT NULL DEFAULT now(),
  problem     text,
  CONSTRAINT webhook_delivery_pk PRIMARY KEY (endpoint_id, position),
  CONSTRAINT webhook_delivery_endpoint_known FOREIGN KEY (endpoint_id) REFERENCES docpipeline.webhook_endpoint (id) ON DELETE CASCADE,
  CONSTRAINT webhook_delivery_message_known FOREIGN KEY (position) REFERENCES docpipeline.outbox (position),
  CONSTRAINT webhook_delivery_outcome CHECK (outcome IN ('delivered', 'dead')),
  CONSTRAINT webhook_delivery_was_tried CHECK (attempts >= 1),
  CONSTRAINT webhook_delivery_dead_says_why CHECK ((outcome = 'dead') = (problem IS NOT NULL))
);

CREATE INDEX webhook_delivery_dead ON docpipeline.webhook_delivery (endpoint_id, position) WHERE outcome = 'dead';

-- Address, topics and secret of an endpoint never change: another address is another endpoint.
GRANT SELECT, INSERT, DELETE ON docpipeline.webhook_endpoint TO docpipeline_worker;
GRANT UPDATE (disabled_at, start_position, position, owed_since, attempts, failures, failing_since, last_problem, next_attempt_at, lease, lease_until)
  ON docpipeline.webhook_endpoint TO docpipeline_worker;
GRANT SELECT, INSERT, UPDATE ON docpipeline.webhook_delivery TO docpipeline_worker;
