// SPDX-License-Identifier: Apache-2.0
/// Jobs: what workers are to sign, in a queue that any number of servers and workers share.
///
/// A job names a place and an artifact in it, and nothing else: what is signed there, as whom, and where it goes then
/// is
/// said in the configuration of workers. Who may submit jobs can therefore have nothing signed that a worker would not
/// sign anyway.
///
/// ```
/// waiting -> leased -> done
///    ^         |  \--> dead      with the reason; `retry` makes it wait again
///    \---------/                 failed, or its lease ended
/// ```
///
/// - Of an artifact there is at most one job that waits or is leased; who submits it again is told of that one.
/// - The job with the highest priority is taken first; of equal ones the one that was submitted first.
/// - Each lease has a number, the attempt. Only the newest may say how the job ended, so that a worker that slept too
///   long changes nothing.
/// - A job that failed waits 10 s, and twice as long each further time. After [Jobs#ATTEMPTS_MAX] attempts, also ones
///   of which nobody said how they ended, it is dead.
///
/// | limit | value | why |
/// |---|---|---|
/// | place | 64 characters ([Order#PLACE_CHARACTERS_MAX]) | a word |
/// | priority | 0 to 9, 5 usually | few steps that people can tell apart |
/// | attempts | 8 ([Jobs#ATTEMPTS_MAX]) | 21 minutes: what restarts is back by then |
/// | lease | 60 s ([Jobs#LEASE]), 5 s to 10 min, to be extended | as long as nobody notices that a worker died |
/// | jobs that wait or are leased | 100,000 ([Jobs#ACTIVE_MAX]) | a release has thousands |
/// | report | 8,192 characters ([Ending#REPORT_CHARACTERS_MAX]) | a sentence and some file names |
/// | ended jobs are kept | 30 days ([Jobs#RETENTION]) | the log knows for ever what was signed |
@NullMarked
package dev.chancery.store.job;

import org.jspecify.annotations.NullMarked;
