-- SPDX-License-Identifier: Apache-2.0
DROP TABLE tag;
DROP TABLE token;
