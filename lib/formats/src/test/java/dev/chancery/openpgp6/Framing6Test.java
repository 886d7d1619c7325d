// SPDX-License-Identifier: Apache-2.0
package dev.chancery.openpgp6;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.chancery.core.Bytes;
import dev.chancery.core.Encoding;
import dev.chancery.packet.Armor;
import dev.chancery.packet.Octets;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import org.bouncycastle.bcpg.BCPGInputStream;
import org.bouncycastle.openpgp.PGPException;
import org.bouncycastle.openpgp.PGPPublicKey;
import org.bouncycastle.openpgp.PGPPublicKeyRing;
import org.bouncycastle.openpgp.PGPSignature;
import org.bouncycastle.openpgp.operator.bc.BcKeyFingerprintCalculator;
import org.bouncycastle.openpgp.operator.bc.BcPGPContentVerifierBuilderProvider;
import org.junit.jupiter.api.Test;

/// A caller chooses the content and no signed bytes: content that ends like another signature stays content, also with
/// a salt before it.
class Framing6Test {
    /// RFC 9580, section 5.2.1: what a key says of keys and user IDs.
    private static final List<Integer> TYPES = List.of(0x10, 0x13, 0x18, 0x19, 0x1f, 0x20, 0x28, 0x30);

    private static final Sample SAMPLE = Sample.make();

    private static PGPPublicKeyRing ring() throws IOException {
        var packets = Armor.read(Armor.Kind.PUBLIC_KEY, SAMPLE.certificate()).getFirst();
        return new PGPPublicKeyRing(new ByteArrayInputStream(packets.toArray()), new BcKeyFingerprintCalculator());
    }

    /// The hashed part of a signature with its time alone, and what is hashed behind it.
    private static byte[] hashedPart(int type) {
        byte[] seconds = new Octets().fourOctets(Sample.NOW.getEpochSecond()).toArray();
        byte[] creation = new Octets().subpacket(2, seconds).toArray();
        return new Octets()
                .octet(6)
                .octet(type)
                .octet(27)
                .octet(10)
                .fourOctets(creation.length)
                .octets(creation)
                .toArray();
    }

    private static byte[] trailer(byte[] hashedPart) {
        return new Octets()
                .octets(hashedPart)
                .octet(6)
                .octet(0xff)
                .fourOctets(hashedPart.length)
                .toArray();
    }

    @Test
    void contentThatEndsLikeAnotherSignatureStaysContent() throws Exception {
        var keys = ring().getPublicKeys();
        PGPPublicKey primary = keys.next();
        PGPPublicKey subkey = keys.next();
        byte[] one = KeyPacket.of(SAMPLE.signing().key()).hashed();
        byte[] both = new Octets()
                .octets(KeyPacket.of(SAMPLE.primary().key()).hashed())
                .octets(one)
                .toArray();
        for (int type : TYPES) {
            for (byte[] material : List.of(one, both, new byte[0])) {
                byte[] inner = hashedPart(type);
                byte[] content =
                        new Octets().octets(material).octets(trailer(inner)).toArray();
                byte[] body = body(content);
                assertEquals(0, body[1]);
                byte[] otherType = body.clone();
                otherType[1] = (byte) type;
                byte[] rest = Arrays.copyOfRange(body, 8 + 6 + 35, body.length);
                for (byte[] forged : List.of(
                        otherType, new Octets().octets(inner).octets(rest).toArray())) {
                    assertFalse(holds(forged, signature -> signature.verifyCertification(subkey), subkey));
                    assertFalse(holds(forged, signature -> signature.verifyCertification(primary, subkey), subkey));
                    assertFalse(holds(forged, signature -> signature.verifyCertification(primary, subkey), primary));
                }
                assertTrue(holds(
                        body,
                        signature -> {
                            signature.update(content);
                            return signature.verify();
                        },
                        subkey));
            }
        }
    }

    private static byte[] body(byte[] content) {
        var signature = SAMPLE.sign(Sample.measured(content, Sample.SALT), Encoding.BINARY);
        byte[] packet = signature.bytes().toArray();
        return Arrays.copyOfRange(packet, 2, packet.length);
    }

    private interface Way {
        boolean verifies(PGPSignature signature) throws PGPException;
    }

    private static boolean holds(byte[] body, Way way, PGPPublicKey by) {
        byte[] packet = new Octets().packet(2, body).toArray();
        try {
            var signature = new PGPSignature(new BCPGInputStream(
                    new ByteArrayInputStream(Bytes.of(packet).toArray())));
            signature.init(new BcPGPContentVerifierBuilderProvider(), by);
            return way.verifies(signature);
        } catch (IOException | PGPException | RuntimeException e) {
            return false;
        }
    }
}
