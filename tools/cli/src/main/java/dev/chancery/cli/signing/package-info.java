// SPDX-License-Identifier: Apache-2.0
/// Signing and attesting, whoever signs: the local office, an enclave behind its socket, or a server.
///
/// [Signing] and [Attesting] measure each content once, ask a [Signer], have [Arrival] check what came back,
/// and write. They know no more of who signs than [Signer] says:
///
/// | who signs | asked with | public keys for the check on arrival |
/// |---|---|---|
/// | [LocalSigner] | one request after another, in this process | the office's keyring |
/// | [EnclaveSigner] | up to 1,000 requests in a frame | `--keyring`, else the keys that the enclave lists |
/// | `remote.ServerSigner` | up to 1,000 requests in a body | `--keyring`, else the office's, else the server's |
///
/// Many contents are asked for in batches ([Batches]): while one batch is signed, the next is measured. One
/// request that fails does not fail the others; what else was signed is written, and the command ends with
/// the first failure.
///
/// A signature that comes with a receipt has it beside it: `SIGNATUREFILE.tlog-proof` ([SignatureNames]).
/// Joined and timestamped signature files are no longer those that the log has, and get none.
@NullMarked
package dev.chancery.cli.signing;

import org.jspecify.annotations.NullMarked;
