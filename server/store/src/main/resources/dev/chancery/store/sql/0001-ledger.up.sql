-- SPDX-License-Identifier: Apache-2.0
-- The ledger: the entries of the log in the order of their indexes. Only appended to.

-- The one row whose lock elects the sequencer. `logged` is the time of the newest entry, in microseconds.
CREATE TABLE log_state (
  only_row {integer} NOT NULL PRIMARY KEY CHECK (only_row = 1),
  size {integer} NOT NULL CHECK (size >= 0),
  logged {integer} NOT NULL
){table};
INSERT INTO log_state (only_row, size, logged) VALUES (1, 0, 0);

-- What the world has been shown. Without a checkpoint: nothing yet.
CREATE TABLE log_publication (
  only_row {integer} NOT NULL PRIMARY KEY CHECK (only_row = 1),
  size {integer} NOT NULL CHECK (size >= 0),
  checkpoint {text}
){table};
INSERT INTO log_publication (only_row, size, checkpoint) VALUES (1, 0, NULL);

CREATE TABLE blob (
  sha256 {bytes} NOT NULL PRIMARY KEY CHECK (length(sha256) = 32),
  content {bytes} NOT NULL
){table};

CREATE TABLE entry (
  entry_index {integer} NOT NULL PRIMARY KEY CHECK (entry_index >= 0),
  logged {integer} NOT NULL,
  leaf_hash {bytes} NOT NULL UNIQUE CHECK (length(leaf_hash) = 32),
  leaf {bytes} NOT NULL,
  kind {text} NOT NULL,
  authority {text},
  format {text},
  encoding {text},
  key_id {bytes},
  requester {text},
  made {integer} NOT NULL,
  blob {bytes} NOT NULL REFERENCES blob (sha256)
){table};
CREATE INDEX entry_by_logged ON entry (logged, entry_index);
CREATE INDEX entry_by_key ON entry (key_id, entry_index);
CREATE INDEX entry_by_authority ON entry (authority, entry_index);

CREATE TABLE subject (
  entry_index {integer} NOT NULL REFERENCES entry (entry_index),
  place {integer} NOT NULL,
  sha256 {bytes} NOT NULL CHECK (length(sha256) = 32),
  sha512 {bytes} CHECK (length(sha512) = 64),
  name {text} NOT NULL,
  size {integer},
  PRIMARY KEY (entry_index, place)
){keyed};
CREATE INDEX subject_by_sha256 ON subject (sha256, entry_index);
