// SPDX-License-Identifier: Apache-2.0
package dev.chancery.enclave;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.chancery.core.ArtifactName;
import dev.chancery.core.Bytes;
import dev.chancery.core.DigestAlgorithm;
import dev.chancery.core.Encoding;
import dev.chancery.core.FormatName;
import dev.chancery.core.MalformedException;
import dev.chancery.format.FormatKeyring;
import dev.chancery.format.KeyPublication;
import dev.chancery.format.SignatureTerms;
import dev.chancery.format.Verdict;
import dev.chancery.hashing.ContentPass;
import dev.chancery.hashing.Measure;
import dev.chancery.hashing.Measured;
import dev.chancery.key.KeyPurpose;
import dev.chancery.key.Scheme;
import dev.chancery.verification.Keyring;
import java.io.ByteArrayInputStream;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// `minisign` and `signify` write the same key down in the same way, so here one secret is forced into both. Their
/// files
/// are never taken for each other's; values taken out of them are, as far as both sign bytes that the other
/// one may be given: which is why a keyring refuses the key.
class SharedKeyTest {
    private static final FormatName MINISIGN = new FormatName("minisign");
    private static final FormatName SIGNIFY = new FormatName("signify");
    private static final byte[] CONTENT = "what is signed\n".getBytes(StandardCharsets.US_ASCII);

    private final MemoryKeys.MemoryKey minisign = Office.key(Scheme.ED25519, MINISIGN);
    private final MemoryKeys.MemoryKey signify = minisign.as(Office.QA, SIGNIFY, KeyPurpose.SIGN);

    private static Measured measured(byte[] content) {
        var measures = List.of(Measure.content(), Measure.digest(DigestAlgorithm.BLAKE2B_512));
        return new ContentPass(Office.HASHES).measure(Channels.newChannel(new ByteArrayInputStream(content)), measures);
    }

    private static String signed(MemoryKeys.MemoryKey key, byte[] content) {
        var terms = new SignatureTerms(new ArtifactName("artifact"), Encoding.ARMOR, Office.NOW);
        var signing = Office.FORMATS.get(key.key().format()).signing();
        return new String(signing.sign(measured(content), terms, key).bytes().toArray(), StandardCharsets.US_ASCII);
    }

    private static FormatKeyring keyring(MemoryKeys.MemoryKey key) {
        var format = Office.FORMATS.get(key.key().format());
        var file = format.signing().publish(new KeyPublication(key, Optional.empty(), "unused", Office.NOW));
        return format.verifying().keyring(Map.of(Office.QA, file));
    }

    private static Bytes bytes(String text) {
        return Bytes.of(text.getBytes(StandardCharsets.US_ASCII));
    }

    private static Verdict verdict(FormatKeyring keyring, String file, byte[] content) {
        return keyring.read(bytes(file)).getFirst().check(measured(content), Office.NOW);
    }

    private static byte[] value(String base64) {
        return Base64.getDecoder().decode(base64);
    }

    @Test
    void aFileOfOneIsMalformedAsTheOther() {
        assertInstanceOf(Verdict.Good.class, verdict(keyring(minisign), signed(minisign, CONTENT), CONTENT));
        assertInstanceOf(Verdict.Good.class, verdict(keyring(signify), signed(signify, CONTENT), CONTENT));
        var ofMinisign = bytes(signed(minisign, CONTENT));
        assertThrows(MalformedException.class, () -> keyring(signify).read(ofMinisign));
        var ofSignify = bytes(signed(signify, CONTENT));
        assertThrows(MalformedException.class, () -> keyring(minisign).read(ofSignify));
    }

    /// Our minisign signatures are of the kind `ED`, which signify does not know; as `Ed` they are over other bytes.
    @Test
    void theFirstTwoLinesOfMinisignAreNoSignifySignature() {
        var lines = signed(minisign, CONTENT).lines().toList();
        var cut = bytes(lines.get(0) + "\n" + lines.get(1) + "\n");
        assertThrows(MalformedException.class, () -> keyring(signify).read(cut));
        byte[] value = value(lines.get(1));
        value[1] = 'd';
        String relabelled = lines.get(0) + "\n" + Base64.getEncoder().encodeToString(value) + "\n";
        assertInstanceOf(Verdict.Bad.class, verdict(keyring(signify), relabelled, CONTENT));
    }

    /// What the frames cannot prevent: a signify signature over the 64 bytes of a digest, and one over that signature
    /// with a comment, are a minisign signature. So a keyring with the key in both is refused.
    @Test
    void contentsChosenForItForgeTheOtherAndAKeyringRefusesTheKey() {
        byte[] digest = measured(CONTENT).digest(DigestAlgorithm.BLAKE2B_512).bytes();
        byte[] first = value(signed(signify, digest).lines().toList().get(1));
        first[1] = 'D';
        byte[] comment = "forged".getBytes(StandardCharsets.US_ASCII);
        byte[] second = value(signed(signify, Packets.joined(Arrays.copyOfRange(first, 10, 74), comment))
                .lines()
                .toList()
                .get(1));
        String forged = "untrusted comment: x\n%s\ntrusted comment: forged\n%s\n"
                .formatted(
                        Base64.getEncoder().encodeToString(first),
                        Base64.getEncoder().encodeToString(Arrays.copyOfRange(second, 10, 74)));
        assertInstanceOf(Verdict.Good.class, verdict(keyring(minisign), forged, CONTENT));
        var fault = assertThrows(
                MalformedException.class,
                () -> new Keyring(Map.of(MINISIGN, keyring(minisign), SIGNIFY, keyring(signify))));
        assertTrue(fault.sentence().contains("one key twice"), fault.sentence());
        assertFalse(minisign.key().equals(signify.key()), "two bonds are two keys to the engine");
        assertEquals(minisign.key().id(), signify.key().id());
    }
}
