// SPDX-License-Identifier: Apache-2.0
/// Verdicts about artifacts by what is in the log, and the policies that are asked for by name.
///
/// **Policies** lie in one folder, each in a file `NAME.json` of the form of `dev.chancery.policy`, whose
/// field `name` is `NAME`. They are read once, when the server starts: a file that is wrong keeps it from
/// starting, and what an answer calls `production` is the same file, by its SHA-256, until the server is
/// started again. Other files in the folder are left alone.
///
/// **What counts** is a signature or statement over the artifact's SHA-256 that is in the log, was made by a
/// key that the server's keyring has for the entry's authority and format *now*, and is no tag. An enclave
/// checked it before it was logged. So an authority whose key is taken out of the keyring has signed nothing
/// any more. What an OpenPGP certificate says of its keys counts too: of a compromised key nothing, of a retired
/// or expired one what it signed before, by the time at which the server had the signature.
///
/// **Summaries** are SLSA Verification Summary Attestations
/// (<https://slsa.dev/spec/v1.1/verification_summary>), signed by an authority like any statement. Only a
/// policy of the server's own can be summed up, never a requirement that its asker wrote.
///
/// | limit | value | why |
/// |---|---|---|
/// | policies | 256 ([dev.chancery.server.verification.PolicyFolder#POLICIES_MAX]) | as many kinds of release as nobody
/// has |
/// | bytes of all policy files | 4 MiB ([dev.chancery.server.verification.PolicyFolder#BYTES_MAX]) | one answer has
/// them all |
/// | the URI of a resource | 2,048 characters ([dev.chancery.server.verification.Summary#RESOURCE_CHARACTERS_MAX]) | as
/// that of a predicate's type |
@NullMarked
package dev.chancery.server.verification;

import org.jspecify.annotations.NullMarked;
