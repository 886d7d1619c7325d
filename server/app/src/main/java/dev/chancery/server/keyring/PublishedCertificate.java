// SPDX-License-Identifier: Apache-2.0
package dev.chancery.server.keyring;

import dev.chancery.core.Authority;
import dev.chancery.core.Bytes;
import dev.chancery.packet.Armor;
import dev.chancery.packet.Certificate;
import dev.chancery.packet.PacketVersion;
import java.nio.charset.StandardCharsets;

/// An OpenPGP certificate that is handed out as an authority's.
///
/// @param packets the whole of it
public record PublishedCertificate(Authority authority, PacketVersion version, Certificate certificate, Bytes packets) {
    /// Of the primary key: upper-case hex digits.
    public String fingerprint() {
        return certificate.fingerprintText();
    }

    /// The file that is handed out, and whose SHA-256 is in the log.
    public Bytes armored() {
        return armored(version, packets);
    }

    /// RFC 9580, section 6.1: version 6 has no CRC.
    static Bytes armored(PacketVersion version, Bytes packets) {
        String text = version == PacketVersion.V4
                ? Armor.write(Armor.Kind.PUBLIC_KEY, packets)
                : Armor.writeWithoutChecksum(Armor.Kind.PUBLIC_KEY, packets);
        return Bytes.of(text.getBytes(StandardCharsets.US_ASCII));
    }
}
