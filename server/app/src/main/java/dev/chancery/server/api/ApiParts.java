// SPDX-License-Identifier: Apache-2.0
package dev.chancery.server.api;

import dev.chancery.formats.Formats;
import dev.chancery.hashing.Hashes;
import dev.chancery.note.VerifierKey;
import dev.chancery.server.keyring.PublishedKeyring;
import dev.chancery.server.signing.Enclaves;
import dev.chancery.server.signing.Signing;
import dev.chancery.server.verification.PolicyFolder;
import dev.chancery.store.ledger.Ledger;
import java.time.InstantSource;

/// What the calls are made of.
///
/// @param policies those that can be asked for by name
/// @param log the key by which the log signs its checkpoints
/// @param verifier the URI by which the server calls itself where it signs summaries
public record ApiParts(
        Guard guard,
        Signing signing,
        Enclaves enclaves,
        Ledger ledger,
        PublishedKeyring keyring,
        Formats formats,
        Hashes hashes,
        PolicyFolder policies,
        VerifierKey log,
        String verifier,
        InstantSource clock) {
    EntryJson json() {
        return new EntryJson(formats, log);
    }
}
