// SPDX-License-Identifier: Apache-2.0
/// The way of a signature through the server: an enclave makes it, the log takes it, then it leaves.
///
/// The server asks an enclave in the name of a requester whom it has identified; the enclave's rules decide.
/// What comes back goes to the [dev.chancery.server.log.Sequencer] with what was asked and by which key it
/// was signed, and only what has a receipt is [dev.chancery.server.signing.Issued].
///
/// **Repeated requests.** A request with an Idempotency-Key is begun in the store before an enclave is asked,
/// and answered in the transaction of its entries. So whatever dies in between, one key has one answer, and
/// every signature in it one entry. A signature that an enclave made and nobody recorded is on the enclave's
/// own record and nowhere else: it never leaves the server.
///
/// **What a leaf says** depends on the format: see `dev.chancery.entry`. The SHA-256 of an artifact is what
/// it is found by, so every request has to say it, also where the format has no use for it; the enclave
/// records it as the asker's claim.
@NullMarked
package dev.chancery.server.signing;

import org.jspecify.annotations.NullMarked;
