-- SPDX-License-Identifier: Apache-2.0
DROP TABLE request_outcome;
DROP TABLE request;
DROP TABLE instance;
