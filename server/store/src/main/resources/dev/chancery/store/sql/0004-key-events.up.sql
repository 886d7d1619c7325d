-- SPDX-License-Identifier: Apache-2.0
-- What the keyring is made of is found among millions of signatures: the entries about keys are a handful.

CREATE INDEX entry_about_keys ON entry (entry_index) WHERE kind = 'key';
