// SPDX-License-Identifier: Apache-2.0
/// Workers, which take jobs out of a server's queue, and what orders jobs.
///
/// What is signed, as whom, and where it goes then stands in the worker's [WorkerConfiguration] alone. A job only names
/// a
/// place of it and an artifact, so that whoever may submit jobs has nothing signed that the worker would not sign
/// anyway.
///
/// An artifact passes four stages ([Work]):
///
/// | stage | what |
/// |---|---|
/// | fetch | the artifact, what lies beside it, and what lies at its destinations already, into a hidden directory |
/// | sign | what is not signed yet; the server gets digests and no more |
/// | verify | with a keyring of this machine, by the route's policy and by every authority that signs |
/// | upload | signatures and receipts before the artifact; nothing is replaced, all is read back |
///
/// **Killed at any moment, nothing is lost and nothing is signed twice.** The job's lease ends and another worker takes
/// it; what was uploaded is found, and what was signed and not uploaded the server gives out again, because it is asked
/// under the same key (`content-`, a hash of what is to be signed, by which key) as long as it keeps answers: seven
/// days.
///
/// A refusal or a malformed artifact makes a job dead at once; what is unavailable is tried again, and so is what the
/// server or a place refuses because of the worker's own credentials.
@NullMarked
package dev.chancery.cli.worker;

import org.jspecify.annotations.NullMarked;
