// SPDX-License-Identifier: Apache-2.0
package dev.chancery.openpgp6;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.chancery.core.Bytes;
import dev.chancery.core.MalformedException;
import dev.chancery.packet.CertificateJoining;
import dev.chancery.packet.Octets;
import dev.chancery.packet.PacketReader;
import dev.chancery.packet.PacketVersion;
import java.util.List;
import org.junit.jupiter.api.Test;

/// The same rules for certificates of version 6, whose signatures are salted.
class CertificateJoiningTest {
    private static final CertificateJoining JOINING = new CertificateJoining(PacketVersion.V6, List.of());

    private final Bytes own =
            CertificateJoining.split(Sample.make().certificate()).getFirst();

    @Test
    void ourOwnCertificateStaysAsItWasMade() {
        assertEquals(own, JOINING.clean(own));
    }

    @Test
    void aChangedOctetLeavesNoOtherSignature() {
        var packets = PacketReader.read(own);
        for (int i = 0; i < packets.size(); i++) {
            byte[] body = packets.get(i).body().toArray();
            for (int at = 0; packets.get(i).tag() == 2 && at < body.length; at++) {
                var octets = new Octets();
                for (int j = 0; j < packets.size(); j++) {
                    byte[] copy = packets.get(j).body().toArray();
                    copy[at % copy.length] ^= (byte) (j == i ? 1 : 0);
                    octets.packet(packets.get(j).tag(), copy);
                }
                assertEquals(own, JOINING.join(own, Bytes.of(octets.toArray())), "octet " + at);
            }
        }
    }

    @Test
    void aCertificateOfVersion4IsMalformed() {
        var joining = new CertificateJoining(PacketVersion.V4, List.of());
        assertThrows(MalformedException.class, () -> joining.clean(own));
    }
}
