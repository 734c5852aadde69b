CREATE SCHEMA durable;

-- One row per boot of a process. A worker whose row is missing or expired owns nothing.
CREATE TABLE durable.worker (
  worker_id   uuid        NOT NULL CONSTRAINT worker_pk PRIMARY KEY,
  workflows   text[]      NOT NULL, -- 'name@version'
  host        text        NOT NULL,
  started_at  timestamptz NOT NULL DEFAULT now(),
  expires_at  timestamptz NOT NULL
);

CREATE TABLE durable.instance (
  instance_id  text        NOT NULL CONSTRAINT instance_pk PRIMARY KEY,
  name         text        NOT NULL,
  version      integer     NOT NULL,
  status       text        NOT NULL DEFAULT 'pending',
  label        text,                       -- what people see; set by the workflow
  input        jsonb       NOT NULL,
  output       jsonb,
  epoch        bigint      NOT NULL DEFAULT 0,
  worker_id    uuid,                       -- no foreign key: workers vanish, and a claim must not lock the worker's row
  inbox_seq    bigint      NOT NULL DEFAULT 0,
  wake_at      timestamptz DEFAULT now(),
  waiting_for  text,
  claims_without_progress integer NOT NULL DEFAULT 0,
  reason       text,
  failed_step  integer,
  failure      jsonb,
  created_at   timestamptz NOT NULL DEFAULT now(),
  finished_at  timestamptz,
  CONSTRAINT instance_status_known CHECK (status IN ('pending', 'running', 'waiting', 'parked', 'completed', 'dead')),
  CONSTRAINT instance_worker_iff_running CHECK ((worker_id IS NOT NULL) = (status = 'running')),
  CONSTRAINT instance_wake_iff_asleep CHECK ((wake_at IS NOT NULL) = (status IN ('pending', 'waiting'))),
  CONSTRAINT instance_event_only_if_waiting CHECK (waiting_for IS NULL OR status = 'waiting'),
  CONSTRAINT instance_finished_iff_terminal CHECK ((finished_at IS NOT NULL) = (status IN ('completed', 'dead'))),
  CONSTRAINT instance_output_iff_completed CHECK ((output IS NOT NULL) = (status = 'completed')),
  CONSTRAINT instance_reason_iff_stuck CHECK ((reason IS NOT NULL) = (status IN ('dead', 'parked'))),
  CONSTRAINT instance_failure_only_if_dead CHECK ((failed_step IS NULL AND failure IS NULL) OR status = 'dead'),
  CONSTRAINT instance_running_was_claimed CHECK (status <> 'running' OR epoch >= 1),
  CONSTRAINT instance_counters_positive CHECK (version >= 1 AND epoch >= 0 AND inbox_seq >= 0 AND claims_without_progress >= 0)
);

CREATE INDEX instance_due ON durable.instance (wake_at) WHERE status IN ('pending', 'waiting');
CREATE INDEX instance_finished ON durable.instance (finished_at) WHERE finished_at IS NOT NULL;
CREATE INDEX instance_owner ON durable.instance (worker_id) WHERE status = 'running';
CREATE INDEX instance_stuck ON durable.instance (status, finished_at) WHERE status IN ('parked', 'dead');

-- The journal. A row is final (completed, failed) or says until when the step sleeps (retrying, waiting).
CREATE TABLE durable.step (
  instance_id   text        NOT NULL CONSTRAINT step_of_instance REFERENCES durable.instance ON DELETE CASCADE,
  step_no       integer     NOT NULL,
  round         integer     NOT NULL, -- steps of one round ran side by side
  kind          text        NOT NULL,
  name          text        NOT NULL,
  input_sha256  bytea       NOT NULL,
  attempt_id    uuid        NOT NULL,
  status        text        NOT NULL,
  result        jsonb,
  failure       jsonb,
  attempts      integer     NOT NULL,
  due_at        timestamptz,
  recorded_at   timestamptz NOT NULL DEFAULT now(),
  epoch         bigint      NOT NULL,
  CONSTRAINT step_pk PRIMARY KEY (instance_id, step_no),
  CONSTRAINT step_status_known CHECK (status IN ('retrying', 'waiting', 'completed', 'failed')),
  CONSTRAINT step_kind_known CHECK (kind IN ('activity', 'event', 'sleep')),
  CONSTRAINT step_only_activities_fail CHECK (kind = 'activity' OR status IN ('waiting', 'completed')),
  CONSTRAINT step_activities_never_wait CHECK (kind <> 'activity' OR status <> 'waiting'),
  CONSTRAINT step_due_iff_asleep CHECK ((due_at IS NOT NULL) = (status IN ('retrying', 'waiting'))),
  CONSTRAINT step_result_iff_completed CHECK ((result IS NOT NULL) = (status = 'completed')),
  CONSTRAINT step_failure_iff_failed CHECK ((failure IS NOT NULL) = (status IN ('failed', 'retrying'))),
  CONSTRAINT step_hash_is_sha256 CHECK (octet_length(input_sha256) = 32),
  CONSTRAINT step_numbers_positive CHECK (step_no >= 1 AND round >= 1 AND attempts >= 1 AND epoch >= 1)
);

CREATE INDEX step_retrying ON durable.step (due_at) WHERE status = 'retrying';

-- Rows that an operator's replay took out of the journal.
CREATE TABLE durable.step_archive (
  LIKE durable.step,
  archived_at timestamptz NOT NULL DEFAULT now(),
  CONSTRAINT step_archive_pk PRIMARY KEY (instance_id, step_no, archived_at),
  CONSTRAINT step_archive_of_instance FOREIGN KEY (instance_id) REFERENCES durable.instance ON DELETE CASCADE
);

CREATE TABLE durable.inbox (
  instance_id   text        NOT NULL CONSTRAINT inbox_of_instance REFERENCES durable.instance ON DELETE CASCADE,
  seq           bigint      NOT NULL,
  name          text        NOT NULL,
  dedup_key     text        NOT NULL,
  payload       jsonb       NOT NULL,
  taken_by_step integer,
  raised_at     timestamptz NOT NULL DEFAULT now(),
  CONSTRAINT inbox_pk PRIMARY KEY (instance_id, seq),
  CONSTRAINT inbox_raised_once UNIQUE (instance_id, dedup_key),
  CONSTRAINT inbox_one_event_a_step UNIQUE (instance_id, taken_by_step)
);

-- Small hot tables with many dead rows: vacuum and analyze early.
ALTER TABLE durable.worker SET (fillfactor = 50, autovacuum_vacuum_threshold = 50, autovacuum_vacuum_scale_factor = 0);
ALTER TABLE durable.instance SET (autovacuum_vacuum_threshold = 2000, autovacuum_vacuum_scale_factor = 0.02,
  autovacuum_analyze_threshold = 1000, autovacuum_analyze_scale_factor = 0.05, autovacuum_vacuum_cost_delay = 1);
ALTER TABLE durable.step SET (autovacuum_analyze_threshold = 5000, autovacuum_analyze_scale_factor = 0.05);
