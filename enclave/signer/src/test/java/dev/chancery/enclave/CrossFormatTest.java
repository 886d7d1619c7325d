// SPDX-License-Identifier: Apache-2.0
package dev.chancery.enclave;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.chancery.algorithms.EcdsaValue;
import dev.chancery.core.Bytes;
import dev.chancery.core.Encoding;
import dev.chancery.core.FormatName;
import dev.chancery.core.MalformedException;
import dev.chancery.format.FormatKeyring;
import dev.chancery.format.KeyPublication;
import dev.chancery.format.Reason;
import dev.chancery.format.Verdict;
import dev.chancery.hashing.ContentForm;
import dev.chancery.hashing.ContentPass;
import dev.chancery.hashing.Measure;
import dev.chancery.key.KeyPurpose;
import dev.chancery.key.Scheme;
import dev.chancery.key.SigningKey;
import dev.chancery.openpgp.KeyPacket;
import dev.chancery.verification.Keyring;
import java.io.ByteArrayInputStream;
import java.math.BigInteger;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// Rule 2 of the design: "A `raw` key signs any content by nature, so a file whose content happens to be
/// another format's signed bytes would forge that format." So a raw key is asked to sign exactly what OpenPGP
/// hashes.
class CrossFormatTest {
    private static final int ECDSA = 19;
    private static final int SHA256 = 8;
    private static final byte[] RELEASE =
            "wanted: QA's OpenPGP signature over this".getBytes(StandardCharsets.US_ASCII);

    private final MemoryKeys.MemoryKey raw = Office.key(Scheme.ECDSA_P256, Office.RAW);
    private final MemoryKeys.MemoryKey primary =
            Office.key(Scheme.ED25519, Office.OPENPGP).as(Office.QA, Office.OPENPGP, KeyPurpose.CERTIFY);
    private final MemoryKeys.MemoryKey signing = Office.key(Scheme.ECDSA_P256, Office.OPENPGP);

    /// An OpenPGP signature over [#RELEASE] that names the raw key, its value made by the engine as a `raw`
    /// signature.
    private Bytes forged() throws Exception {
        byte[] hashedPart = Packets.hashedPart(0x00, ECDSA, SHA256, Office.NOW);
        byte[] content = Packets.joined(RELEASE, Packets.trailer(hashedPart));
        var engine = Office.engine(new MemoryKeys().with(raw));
        var signature = engine.sign(Office.ALICE, Office.request(Office.RAW, Encoding.BINARY, content));
        var value =
                EcdsaValue.read(Scheme.ECDSA_P256, signature.bytes().toArray()).orElseThrow();
        byte[] digest = MessageDigest.getInstance("SHA-256").digest(content);
        byte[] fingerprint = KeyPacket.of(raw.key()).fingerprint();
        byte[] issuer = Packets.joined(new byte[] {0, 10, 9, 16}, Arrays.copyOfRange(fingerprint, 12, 20));
        byte[] body =
                Packets.joined(hashedPart, issuer, Arrays.copyOf(digest, 2), integer(value.r()), integer(value.s()));
        return Bytes.of(Packets.packet(body));
    }

    private static byte[] integer(BigInteger number) {
        byte[] octets = number.toByteArray();
        byte[] stripped = octets[0] == 0 ? Arrays.copyOfRange(octets, 1, octets.length) : octets;
        return Packets.joined(new byte[] {(byte) (number.bitLength() >> 8), (byte) number.bitLength()}, stripped);
    }

    @Test
    void aKeyringDoesNotKnowTheRawKeyAsOpenPgp() throws Exception {
        var keyring = openPgp(Packets.certificateFile(primary, signing));
        var bad = assertInstanceOf(Verdict.Bad.class, verdict(keyring));
        assertEquals(Reason.UNKNOWN_KEY, bad.reason());
    }

    /// Why the bond matters: where the same secret stands in an OpenPGP certificate too, the forgery is
    /// perfect. Then the keyring as a whole is refused.
    @Test
    void oneKeyInTwoFormatsMakesAKeyringMalformed() throws Exception {
        var both = raw.as(Office.QA, Office.OPENPGP, KeyPurpose.SIGN);
        var openPgp = openPgp(Packets.certificateFile(primary, both));
        assertInstanceOf(Verdict.Good.class, verdict(openPgp));
        var rawOnly = keyring(Office.RAW, pem(raw));
        var fault = assertThrows(
                MalformedException.class, () -> new Keyring(Map.of(Office.OPENPGP, openPgp, Office.RAW, rawOnly)));
        assertTrue(fault.sentence().contains("one key twice"), fault.sentence());
        assertTrue(fault.sentence().contains(raw.key().id().hex()), fault.sentence());
    }

    @Test
    void oneKeyOfTwoAuthoritiesMakesAKeyringMalformed() {
        var file = Packets.certificateFile(primary, signing);
        var verifying = Office.FORMATS.get(Office.OPENPGP).verifying();
        var files = Map.of(Office.QA, file, Office.RELEASE, file);
        assertThrows(MalformedException.class, () -> verifying.keyring(files));
    }

    /// Nor does the enclave use it: see also [EngineKeysTest].
    @Test
    void oneSecretUnderTwoBondsIsStillTwoKeysToTheEngine() {
        var keys = new MemoryKeys().with(raw).with(raw.as(Office.QA, Office.OPENPGP, KeyPurpose.SIGN));
        var engine = Office.engine(keys);
        var asRaw = Office.request(Office.RAW, Encoding.BINARY, RELEASE);
        var asOpenPgp = Office.request(Office.OPENPGP, Encoding.BINARY, RELEASE);
        engine.sign(Office.ALICE, asRaw);
        var refusal =
                assertThrows(dev.chancery.core.RefusedException.class, () -> engine.sign(Office.ALICE, asOpenPgp));
        assertEquals("key-bond", refusal.rule());
    }

    private static Bytes pem(SigningKey key) {
        var publication = new KeyPublication(key, Optional.empty(), "unused", Office.NOW);
        return Office.FORMATS.get(Office.RAW).signing().publish(publication);
    }

    private static FormatKeyring openPgp(Bytes certificate) {
        return keyring(Office.OPENPGP, certificate);
    }

    private static FormatKeyring keyring(FormatName format, Bytes file) {
        return Office.FORMATS.get(format).verifying().keyring(Map.of(Office.QA, file));
    }

    private Verdict verdict(FormatKeyring keyring) throws Exception {
        var measure = Measure.state(dev.chancery.core.DigestAlgorithm.SHA256, ContentForm.BYTES);
        var content = new ContentPass(Office.HASHES)
                .measure(Channels.newChannel(new ByteArrayInputStream(RELEASE)), List.of(measure));
        return keyring.read(forged()).getFirst().check(content, Office.NOW);
    }
}
