// SPDX-License-Identifier: Apache-2.0
package dev.chancery.server.signing;

import dev.chancery.bundle.Bundle;
import dev.chancery.core.Bytes;
import dev.chancery.entry.HashedRekord;
import dev.chancery.entry.LogEntry;
import dev.chancery.entry.SigstoreLogEntry;
import dev.chancery.log.Receipt;
import dev.chancery.note.VerifierKey;
import dev.chancery.store.ledger.EntryFacts;
import dev.chancery.store.ledger.Subject;
import java.util.List;

/// A signature that is in the log, with its receipt: what may leave the server.
///
/// @param index in the log
/// @param repeated the same signature was in the log before, and this is where
/// @param signature the signature file, as the enclave made it
public record Issued(
        long index, boolean repeated, EntryFacts facts, List<Subject> subjects, Bytes signature, Receipt receipt) {
    public Issued {
        subjects = List.copyOf(subjects);
    }

    /// The signature file with the log's proof in it, where its form has room for that: in a bundle of
    /// Sigstore. Else, the signature file.
    public Bytes logged(VerifierKey log) {
        boolean bundle = facts.format().filter(Leaves::isBundle).isPresent();
        if (bundle && LogEntry.parse(receipt.extra().orElseThrow()) instanceof HashedRekord rekord) {
            return Bundle.read(signature)
                    .orElseThrow()
                    .logged(SigstoreLogEntry.of(rekord, receipt, log))
                    .write();
        }
        return signature;
    }
}
