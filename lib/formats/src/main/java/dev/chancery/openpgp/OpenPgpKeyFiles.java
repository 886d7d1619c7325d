// SPDX-License-Identifier: Apache-2.0
package dev.chancery.openpgp;

import dev.chancery.core.Bytes;
import dev.chancery.packet.BouncyCastleReading;
import dev.chancery.packet.Octets;

/// Public key files in the forms that stock tools want.
public final class OpenPgpKeyFiles {
    private OpenPgpKeyFiles() {}

    /// The certificates of a public key file as packets, which is what `gpgv --keyring` reads.
    public static Bytes binary(Bytes file) {
        var packets = new Octets();
        BouncyCastleReading.certificateBlocks(file).forEach(block -> packets.octets(block.toArray()));
        return Bytes.of(packets.toArray());
    }
}
