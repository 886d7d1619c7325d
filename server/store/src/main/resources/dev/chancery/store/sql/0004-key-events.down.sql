-- SPDX-License-Identifier: Apache-2.0
DROP INDEX entry_about_keys;
