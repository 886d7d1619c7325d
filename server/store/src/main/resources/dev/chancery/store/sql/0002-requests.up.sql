-- SPDX-License-Identifier: Apache-2.0
-- What was asked with an Idempotency-Key, and what was answered.

-- One row a server. `run` counts its starts; `seen` is when it last showed that it can write, in microseconds.
CREATE TABLE instance (
  name {text} NOT NULL PRIMARY KEY,
  run {integer} NOT NULL,
  seen {integer} NOT NULL
){table};

-- `attempt` counts who began the request; only the newest attempt may answer it.
CREATE TABLE request (
  requester {text} NOT NULL,
  request_key {text} NOT NULL,
  request_hash {bytes} NOT NULL CHECK (length(request_hash) = 32),
  state {text} NOT NULL CHECK (state IN ('begun', 'answered', 'abandoned')),
  attempt {integer} NOT NULL,
  instance {text} NOT NULL,
  run {integer} NOT NULL,
  begun {integer} NOT NULL,
  PRIMARY KEY (requester, request_key)
){keyed};
CREATE INDEX request_by_begun ON request (begun);

CREATE TABLE request_outcome (
  requester {text} NOT NULL,
  request_key {text} NOT NULL,
  place {integer} NOT NULL,
  entry_index {integer} REFERENCES entry (entry_index),
  repeated {integer} NOT NULL CHECK (repeated IN (0, 1)),
  problem {text},
  PRIMARY KEY (requester, request_key, place),
  FOREIGN KEY (requester, request_key) REFERENCES request (requester, request_key) ON DELETE CASCADE,
  CHECK ((entry_index IS NULL) <> (problem IS NULL))
){keyed};
