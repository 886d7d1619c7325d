-- SPDX-License-Identifier: Apache-2.0
DROP TABLE subject;
DROP TABLE entry;
DROP TABLE blob;
DROP TABLE log_publication;
DROP TABLE log_state;
