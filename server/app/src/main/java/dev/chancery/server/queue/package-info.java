// SPDX-License-Identifier: Apache-2.0
/// The queue of `dev.chancery.store.job` over HTTP: for whoever wants something signed that lies somewhere, and for
/// workers.
///
/// | call | scope | what |
/// |---|---|---|
/// | `POST /v1/jobs` | `submit` | orders an artifact of a place: 201, or 200 with the job that is there |
/// | `GET /v1/jobs?state=dead` | `read`, `submit` or `work` | what is in the queue, and what ended |
/// | `GET /v1/jobs/{job}` | the same | one job |
/// | `POST /v1/jobs/{job}/retry` | `submit` | a dead job waits again |
/// | `POST /v1/leases` | `work` | takes the next job for some `seconds`: a list of one, or of none |
/// | `PUT /v1/leases/{job}/{attempt}` | `work` | says that work goes on, or how it ended; 409 when the lease is over |
///
/// A place is a name in the configuration of workers, not an address: who may submit has nothing signed that workers
/// would not sign anyway, and sends no worker to a host of his choice. What a worker says of an artifact, its digest or
/// its files, is its word and no proof; the log has that.
///
/// | limit | value | why |
/// |---|---|---|
/// | body | 16,384 bytes ([dev.chancery.server.queue.JobApi#BODY_BYTES_MAX]) | a report |
/// | files of a report | 20 ([dev.chancery.server.queue.JobReport#FILES_MAX]) | fits a report |
@NullMarked
package dev.chancery.server.queue;

import org.jspecify.annotations.NullMarked;
