// SPDX-License-Identifier: Apache-2.0
package dev.chancery.cli.signing;

import dev.chancery.cli.office.Office;
import dev.chancery.formats.Formats;
import dev.chancery.hashing.Hashes;

/// What is signed with: what measures, who signs, and the public keys for the check on arrival.
public record Means(Formats formats, Hashes hashes, Signer signer, PublicKeys publicKeys) implements AutoCloseable {
    /// The local office.
    public static Means of(Office office) {
        return new Means(office.formats(), office.hashes(), new LocalSigner(office), new OfficeKeys(office));
    }

    @Override
    public void close() {
        signer.close();
    }
}
