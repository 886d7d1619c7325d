-- SPDX-License-Identifier: Apache-2.0
-- Who may ask with a token, and the payloads of tags.

CREATE TABLE token (
  name {text} NOT NULL PRIMARY KEY,
  hash {bytes} NOT NULL UNIQUE CHECK (length(hash) = 32),
  scopes {text} NOT NULL,
  created {integer} NOT NULL,
  expires {integer} NOT NULL,
  revoked {integer}
){table};

CREATE TABLE tag (
  name {text} NOT NULL PRIMARY KEY,
  payload {bytes} NOT NULL,
  created {integer} NOT NULL
){table};
