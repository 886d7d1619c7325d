// SPDX-License-Identifier: Apache-2.0
/// Who signed this artifact? A [Verifier] reads signature files against a [Keyring] and tells, for each
/// signature, whose it is or why it does not count.
///
/// 1. [Verifier#read] takes the signature files apart, so that it is known what has to be measured.
/// 2. The caller measures the artifact in one pass ([Reading#measures]).
/// 3. [Reading#check] gives one [Finding] for each signature: a [VerifiedSignature] or a [RejectedSignature].
///
/// A [VerifiedSignature] can be made here and nowhere else, so code that takes one (a policy, a publisher)
/// cannot be handed something that nobody checked. The authority comes from the key, never from a file name.
///
/// Nothing here reads a file, a clock or a network: verification is offline by nature, and its time is an argument.
package dev.chancery.verification;
