-- SPDX-License-Identifier: Apache-2.0
DROP TABLE job;
DROP TABLE job_counter;
