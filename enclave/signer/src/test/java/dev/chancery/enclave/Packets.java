// SPDX-License-Identifier: Apache-2.0
package dev.chancery.enclave;

import dev.chancery.core.Bytes;
import dev.chancery.core.Signature;
import dev.chancery.key.SigningKey;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import org.bouncycastle.bcpg.BCPGInputStream;
import org.bouncycastle.openpgp.PGPException;
import org.bouncycastle.openpgp.PGPPublicKey;
import org.bouncycastle.openpgp.PGPPublicKeyRing;
import org.bouncycastle.openpgp.PGPSignature;
import org.bouncycastle.openpgp.PGPUtil;
import org.bouncycastle.openpgp.operator.bc.BcKeyFingerprintCalculator;

/// OpenPGP's bytes by hand, as an attacker writes them (RFC 9580, section 5.2.3 and 5.2.4).
final class Packets {
    private Packets() {}

    /// `version, type, algorithms, hashed subpackets`, with a creation time alone.
    static byte[] hashedPart(int type, int algorithm, int hash, Instant created) {
        long seconds = created.getEpochSecond();
        byte[] creation = {5, 2, (byte) (seconds >> 24), (byte) (seconds >> 16), (byte) (seconds >> 8), (byte) seconds};
        return joined(new byte[] {4, (byte) type, (byte) algorithm, (byte) hash, 0, (byte) creation.length}, creation);
    }

    /// What is hashed after the material: the hashed part, then `04 FF` and its length.
    static byte[] trailer(byte[] hashedPart) {
        return joined(hashedPart, new byte[] {4, (byte) 0xff, 0, 0, 0, (byte) hashedPart.length});
    }

    /// `99 ‖ length ‖ body`: a key as it is hashed.
    static byte[] material(PGPPublicKey key) throws IOException {
        byte[] body = key.getPublicKeyPacket().getEncodedContents();
        return joined(new byte[] {(byte) 0x99, (byte) (body.length >> 8), (byte) body.length}, body);
    }

    /// `B4 ‖ length ‖ user ID`, after a key.
    static byte[] userId(String userId) {
        byte[] bytes = userId.getBytes(java.nio.charset.StandardCharsets.UTF_8);
        return joined(new byte[] {(byte) 0xb4, 0, 0, 0, (byte) bytes.length}, bytes);
    }

    /// The body of the one signature packet in a binary signature whose length has one or two octets.
    static byte[] body(Signature signature) {
        byte[] packet = signature.bytes().toArray();
        int header = (packet[1] & 0xff) < 192 ? 2 : 3;
        return Arrays.copyOfRange(packet, header, packet.length);
    }

    /// What stands in a signature body after its hashed part: unhashed subpackets, prefix, integers.
    static byte[] afterHashedPart(byte[] body) {
        int hashed = 6 + ((body[4] & 0xff) << 8) + (body[5] & 0xff);
        return Arrays.copyOfRange(body, hashed, body.length);
    }

    static byte[] packet(byte[] body) {
        byte[] header = {(byte) 0xc2, (byte) 0xff, 0, 0, (byte) (body.length >> 8), (byte) body.length};
        return joined(header, body);
    }

    /// Bouncy Castle's reading; empty where it sees no signature in it.
    static Optional<PGPSignature> read(byte[] body) {
        try {
            return Optional.of(new PGPSignature(new BCPGInputStream(new ByteArrayInputStream(packet(body)))));
        } catch (IOException | PGPException | RuntimeException e) {
            return Optional.empty();
        }
    }

    /// Bouncy Castle's reading of a signature file, armored or not.
    static PGPSignature read(Signature signature) throws IOException, PGPException {
        var file = new ByteArrayInputStream(signature.bytes().toArray());
        return new PGPSignature(new BCPGInputStream(PGPUtil.getDecoderStream(file)));
    }

    static PGPPublicKeyRing certificate(SigningKey primary, SigningKey signing) throws IOException {
        var file = certificateFile(primary, signing);
        return new PGPPublicKeyRing(
                PGPUtil.getDecoderStream(new ByteArrayInputStream(file.toArray())), new BcKeyFingerprintCalculator());
    }

    static Bytes certificateFile(SigningKey primary, SigningKey signing) {
        var publication = new dev.chancery.format.KeyPublication(
                signing,
                Optional.of(
                        new dev.chancery.format.KeyPublication.Certifier(primary, new java.security.SecureRandom())),
                "QA <qa@example.org>",
                Office.KEYS_MADE);
        return Office.FORMATS.get(Office.OPENPGP).signing().publish(publication);
    }

    static byte[] joined(byte[]... parts) {
        var joined = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            joined.writeBytes(part);
        }
        return joined.toByteArray();
    }
}
