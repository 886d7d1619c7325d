-- SPDX-License-Identifier: Apache-2.0
-- What workers are to sign: artifacts by the name of their place and their own.

-- The one row that numbers jobs; a number is never given twice, also when its job was forgotten.
CREATE TABLE job_counter (
  only_row {integer} NOT NULL PRIMARY KEY CHECK (only_row = 1),
  next {integer} NOT NULL CHECK (next >= 1)
){table};
INSERT INTO job_counter (only_row, next) VALUES (1, 1);

-- `due` is when a worker may take it: of a leased one, the end of the lease. `attempts` counts who took it; only
-- the newest may say how it ended. `changed` is when it came into its state.
CREATE TABLE job (
  job_id {integer} NOT NULL PRIMARY KEY,
  place {text} NOT NULL,
  artifact {text} NOT NULL,
  priority {integer} NOT NULL,
  submitter {text} NOT NULL,
  submitted {integer} NOT NULL,
  state {text} NOT NULL CHECK (state IN ('waiting', 'leased', 'done', 'dead')),
  changed {integer} NOT NULL,
  due {integer} NOT NULL,
  attempts {integer} NOT NULL,
  worker {text},
  report {text},
  CHECK (state <> 'leased' OR worker IS NOT NULL)
){table};
CREATE UNIQUE INDEX job_of_artifact ON job (place, artifact) WHERE state IN ('waiting', 'leased');
CREATE INDEX job_by_priority ON job (priority, job_id) WHERE state IN ('waiting', 'leased');
CREATE INDEX job_by_state ON job (state, job_id);
