// SPDX-License-Identifier: Apache-2.0
package dev.chancery.enclave;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.chancery.algorithms.EcdsaValue;
import dev.chancery.core.Authority;
import dev.chancery.core.Bytes;
import dev.chancery.core.Encoding;
import dev.chancery.core.FormatName;
import dev.chancery.core.MalformedException;
import dev.chancery.core.RefusedException;
import dev.chancery.core.Signature;
import dev.chancery.format.FormatKeyring;
import dev.chancery.format.KeyPublication;
import dev.chancery.format.Reason;
import dev.chancery.format.Verdict;
import dev.chancery.hashing.Measured;
import dev.chancery.key.KeyPurpose;
import dev.chancery.key.Scheme;
import dev.chancery.verification.Keyring;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Rule 2 of the design, between `sshsig` and `raw`: the same secret forced into both. What an SSH key signs is a
/// frame that begins with `SSHSIG` and holds a hash of the content, so the only content over which one format's
/// signature is the other's as well is such a frame, byte for byte. A requester may well ask for a `raw` signature over
/// that: it has to be another key.
class SshSigCrossFormatTest {
    private static final byte[] RELEASE = "wanted: QA's SSH signature over this".getBytes(StandardCharsets.US_ASCII);
    private static final Authority QA = Office.QA;

    /// What is signed for [#RELEASE], written down by hand (PROTOCOL.sshsig, section 2).
    private static byte[] frame() throws Exception {
        byte[] hash = MessageDigest.getInstance("SHA-512").digest(RELEASE);
        return Packets.joined(ascii("SSHSIG"), strings(ascii("file"), new byte[0], ascii("sha512"), hash));
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private static byte[] strings(byte[]... strings) throws IOException {
        var bytes = new ByteArrayOutputStream();
        var out = new DataOutputStream(bytes);
        for (byte[] string : strings) {
            out.writeInt(string.length);
            out.write(string);
        }
        return bytes.toByteArray();
    }

    private static MemoryKeys.MemoryKey raw(Scheme scheme) {
        return Office.key(scheme, Office.RAW);
    }

    private static MemoryKeys.MemoryKey asSsh(MemoryKeys.MemoryKey key) {
        return key.as(QA, Office.SSHSIG, KeyPurpose.SIGN);
    }

    private static Signature signed(MemoryKeys.MemoryKey key, byte[] content) {
        var format = key.key().format();
        var encoding = format.equals(Office.RAW) ? Encoding.BINARY : Encoding.ARMOR;
        return Office.engine(new MemoryKeys().with(key)).sign(Office.ALICE, Office.request(format, encoding, content));
    }

    private static FormatKeyring keyring(MemoryKeys.MemoryKey key) {
        return Office.FORMATS.get(key.key().format()).verifying().keyring(Map.of(QA, publicKeyFile(key)));
    }

    private static Bytes publicKeyFile(MemoryKeys.MemoryKey key) {
        return Office.FORMATS
                .get(key.key().format())
                .signing()
                .publish(new KeyPublication(key, Optional.empty(), "unused", Office.NOW));
    }

    private static Verdict verdict(MemoryKeys.MemoryKey key, Bytes signature, byte[] content) {
        Measured measured = Office.measured(content);
        return keyring(key).read(signature).getFirst().check(measured, Office.NOW);
    }

    /// The engine's `raw` signature over the frame, worn as an SSH signature over [#RELEASE].
    private static Bytes forged(MemoryKeys.MemoryKey raw) throws Exception {
        byte[] value = signed(raw, frame()).bytes().toArray();
        boolean ed25519 = raw.key().publicKey().scheme() == Scheme.ED25519;
        String type = ed25519 ? "ssh-ed25519" : "ecdsa-sha2-nistp256";
        if (!ed25519) {
            var integers = EcdsaValue.read(Scheme.ECDSA_P256, value).orElseThrow();
            value = strings(integers.r().toByteArray(), integers.s().toByteArray());
        }
        String line = new String(publicKeyFile(asSsh(raw)).toArray(), StandardCharsets.US_ASCII).strip();
        byte[] blob = Base64.getDecoder().decode(line.substring(line.lastIndexOf(' ') + 1));
        byte[] fields = strings(blob, ascii("file"), new byte[0], ascii("sha512"), strings(ascii(type), value));
        byte[] version = ByteBuffer.allocate(4).putInt(1).array();
        byte[] whole = Packets.joined(Packets.joined(ascii("SSHSIG"), version), fields);
        return Bytes.of(ascii("-----BEGIN SSH SIGNATURE-----\n"
                + Base64.getEncoder().encodeToString(whole)
                + "\n-----END SSH SIGNATURE-----\n"));
    }

    /// The known case, and what stands against it.
    @ParameterizedTest
    @EnumSource(names = {"ED25519", "ECDSA_P256"})
    void aRawSignatureOverAFrameIsWorthlessUnlessItsKeyStandsInBothFormats(Scheme scheme) throws Exception {
        var raw = raw(scheme);
        var forged = forged(raw);
        assertInstanceOf(Verdict.Good.class, verdict(asSsh(raw), forged, RELEASE), "the forgery itself is well made");
        var other = Office.key(scheme, Office.SSHSIG);
        var bad = assertInstanceOf(Verdict.Bad.class, verdict(other, forged, RELEASE));
        assertEquals(Reason.UNKNOWN_KEY, bad.reason());
        assertKeyringRefuses(raw, asSsh(raw));
    }

    private static void assertKeyringRefuses(MemoryKeys.MemoryKey raw, MemoryKeys.MemoryKey ssh) {
        Map<FormatName, FormatKeyring> both = Map.of(Office.RAW, keyring(raw), Office.SSHSIG, keyring(ssh));
        var fault = assertThrows(MalformedException.class, () -> new Keyring(both));
        assertTrue(fault.sentence().contains("one key twice"), fault.sentence());
    }

    /// The same secret, the same content: neither format's signature is the other's, in its file's form or as a bare
    /// value.
    @ParameterizedTest
    @EnumSource(names = {"ED25519", "ECDSA_P256"})
    void aSignatureOfOneFormatIsNoneOfTheOtherOverTheSameContent(Scheme scheme) throws Exception {
        var raw = raw(scheme);
        var ssh = asSsh(raw);
        for (byte[] content : List.of(RELEASE, new byte[0], frame(), ascii("SSHSIG"))) {
            var measured = Office.measured(content);
            var ours = signed(ssh, content);
            var theirs = signed(raw, content);
            var asRaw = new Signature(Office.RAW, Encoding.BINARY, ours.bytes());
            var asSsh = new Signature(Office.SSHSIG, Encoding.ARMOR, theirs.bytes());
            var rawVerifying = Office.FORMATS.get(Office.RAW).verifying();
            assertFalse(rawVerifying.isBy(raw.key(), asRaw, measured));
            assertFalse(Office.FORMATS.get(Office.SSHSIG).verifying().isBy(ssh.key(), asSsh, measured));
            assertThrows(MalformedException.class, () -> keyring(ssh).read(theirs.bytes()));
            var bare = new Signature(Office.RAW, Encoding.BINARY, value(ours.bytes(), scheme));
            assertFalse(rawVerifying.isBy(raw.key(), bare, measured));
            boolean overFrame = rawVerifying.isBy(raw.key(), bare, Office.measured(frame()));
            assertEquals(Arrays.equals(content, RELEASE), overFrame, "only its own frame");
        }
    }

    /// The value at the end of an SSH signature, as `raw` has it.
    private static Bytes value(Bytes file, Scheme scheme) {
        String base64 = new String(file.toArray(), StandardCharsets.US_ASCII).replaceAll("-----[^-]*-----|\n", "");
        byte[] blob = Base64.getDecoder().decode(base64);
        if (scheme == Scheme.ED25519) {
            return Bytes.of(Arrays.copyOfRange(blob, blob.length - 64, blob.length));
        }
        String type = "ecdsa-sha2-nistp256";
        int at = new String(blob, StandardCharsets.ISO_8859_1).lastIndexOf(type) + type.length() + Integer.BYTES;
        var input = ByteBuffer.wrap(blob, at, blob.length - at);
        return Bytes.of(new EcdsaValue(integer(input), integer(input)).der());
    }

    private static BigInteger integer(ByteBuffer input) {
        byte[] octets = new byte[input.getInt()];
        input.get(octets);
        return new BigInteger(octets);
    }

    /// An engine whose provider lists a key under one bond and opens it under another gives nothing out.
    @ParameterizedTest
    @EnumSource(names = {"ED25519", "ECDSA_P256"})
    void theEngineRefusesAKeyOfTheOtherFormat(Scheme scheme) {
        var raw = raw(scheme);
        var keys = new MemoryKeys().with(asSsh(raw).key(), raw);
        var request = Office.request(Office.SSHSIG, Encoding.ARMOR, RELEASE);
        var refusal =
                assertThrows(RefusedException.class, () -> Office.engine(keys).sign(Office.ALICE, request));
        assertEquals("key-bond", refusal.rule());
    }

    /// Who may ask for `file` never gets `git`: there is no word for it in a request, and a provider that opens
    /// another namespace than it listed is found out.
    @ParameterizedTest
    @EnumSource(names = {"ED25519", "ECDSA_P256"})
    void theEngineRefusesAKeyOfAnotherNamespace(Scheme scheme) {
        var file = Office.key(scheme, Office.SSHSIG).in("file");
        var keys = new MemoryKeys().with(file.key(), file.in("git"));
        var request = Office.request(Office.SSHSIG, Encoding.ARMOR, RELEASE);
        var refusal =
                assertThrows(RefusedException.class, () -> Office.engine(keys).sign(Office.ALICE, request));
        assertEquals("key-bond", refusal.rule());
    }
}
