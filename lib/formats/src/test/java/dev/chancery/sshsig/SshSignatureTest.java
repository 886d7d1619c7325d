// SPDX-License-Identifier: Apache-2.0
package dev.chancery.sshsig;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.chancery.core.Bytes;
import dev.chancery.core.MalformedException;
import dev.chancery.format.Reason;
import dev.chancery.format.Verdict;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Signatures that ssh-keygen (OpenSSH 9.2) made, whole and with one thing in them changed.
class SshSignatureTest {
    private static final String ED25519 = "ed25519.sha512.sshsig";
    private static final String P256 = "ecdsa-256.sha512.sshsig";
    private static final String RSA = "rsa-2048.sha512.sshsig";
    private static final String BEGIN = "-----BEGIN SSH SIGNATURE-----\n";

    @ParameterizedTest
    @ValueSource(strings = {"ed25519", "ecdsa-256", "ecdsa-384", "rsa-2048", "rsa-3072"})
    void bothHashesOfEachKeyCount(String key) {
        for (String hash : new String[] {"sha256", "sha512"}) {
            var file = Sample.vector(key + "." + hash + ".sshsig");
            var good = assertInstanceOf(Verdict.Good.class, Sample.verdict(Sample.KEYRING, file), hash);
            assertEquals(Sample.QA, good.authority());
            assertEquals(Optional.empty(), good.signedAt());
            var other = Sample.KEYRING.read(file).getFirst().check(Sample.measured(new byte[0]), Sample.NOW);
            assertEquals(
                    Reason.OTHER_CONTENT,
                    assertInstanceOf(Verdict.Bad.class, other).reason());
        }
    }

    @Test
    void anotherNamespaceCountsWhereTheKeysLineAllowsIt() {
        var git = Sample.vector("ed25519.git.sshsig");
        assertInstanceOf(Verdict.Good.class, Sample.verdict(Sample.KEYRING, git));
        String withoutOption = Sample.text(Sample.SIGNERS).replace("namespaces=\"file,git\" ", "");
        var fileOnly = Sample.VERIFYING.keyring(java.util.Map.of(Sample.QA, Sample.bytes(withoutOption)));
        assertEquals(Reason.UNFIT_KEY, Sample.reason(fileOnly, git));
        assertInstanceOf(Verdict.Good.class, Sample.verdict(fileOnly, Sample.vector(ED25519)));
    }

    /// Whoever renames the namespace has another frame.
    @Test
    void aRenamedNamespaceIsOtherContent() {
        var renamed = Parts.changed("ed25519.git.sshsig", parts -> parts.namespace = "file");
        assertEquals(Reason.OTHER_CONTENT, Sample.reason(Sample.KEYRING, renamed));
    }

    @Test
    void anExchangedHashIsOtherContent() {
        var exchanged = Parts.changed(ED25519, parts -> parts.hash = "sha256");
        assertEquals(Reason.OTHER_CONTENT, Sample.reason(Sample.KEYRING, exchanged));
    }

    /// "Implementations should ignore the reserved field if it is not empty" is what ssh-keygen does.
    @Test
    void theReservedFieldIsPassedOver() {
        var reserved = Parts.changed(ED25519, parts -> parts.reserved = "later".getBytes(StandardCharsets.US_ASCII));
        assertInstanceOf(Verdict.Good.class, Sample.verdict(Sample.KEYRING, reserved));
    }

    @Test
    void whatIsNotSupportedSaysSo() {
        assertUnsupported("certificate", Sample.vector("certificate.sshsig"));
        assertUnsupported("\"ecdsa-sha2-nistp521\"", Sample.vector("nistp521.sshsig"));
        assertUnsupported("version is 2", Parts.changed(ED25519, parts -> parts.version = 2));
        assertUnsupported("version is 4294967295", Parts.changed(ED25519, parts -> parts.version = -1));
        assertUnsupported("\"sha1\"", Parts.changed(ED25519, parts -> parts.hash = "sha1"));
        assertUnsupported("\"sha384\"", Parts.changed(ED25519, parts -> parts.hash = "sha384"));
        assertUnsupported("\"ssh-rsa\" is too weak", Parts.changed(RSA, parts -> parts.algorithm = "ssh-rsa"));
        assertUnsupported("\"rsa-sha2-512\"", Parts.changed(ED25519, parts -> parts.algorithm = "rsa-sha2-512"));
        assertUnsupported("\"\"", Parts.changed(ED25519, parts -> parts.algorithm = ""));
        for (String token : new String[] {"sk-ssh-ed25519@openssh.com", "sk-ecdsa-sha2-nistp256@openssh.com"}) {
            // A token's value has a byte of flags and a counter behind it.
            assertUnsupported("security token", Parts.changed(ED25519, parts -> {
                parts.publicKey = Parts.strings(token.getBytes(StandardCharsets.US_ASCII), new byte[32], new byte[4]);
                parts.algorithm = token;
                parts.behindValue = new byte[5];
            }));
        }
    }

    private static void assertUnsupported(String words, Bytes file) {
        var bad = Sample.bad(Sample.KEYRING, file);
        assertEquals(Reason.UNSUPPORTED, bad.reason());
        assertTrue(bad.sentence().contains(words), bad.sentence());
        assertTrue(Sample.KEYRING.read(file).getFirst().measures().isEmpty());
    }

    @Test
    void anUnknownKeyIsNamedAsSshKeygenNamesIt() {
        var bad = Sample.bad(
                Sample.KEYRING, Parts.changed(ED25519, parts -> parts.publicKey[parts.publicKey.length - 1] ^= 1));
        assertEquals(Reason.UNKNOWN_KEY, bad.reason());
        assertTrue(bad.sentence().contains("SHA256:"), bad.sentence());
    }

    @Test
    void whatIsMalformedSaysWhere() {
        assertMalformed("does not begin with SSHSIG", ED25519, parts -> parts.magic[5] = 'X');
        assertMalformed("has 1 bytes behind its end", ED25519, parts -> parts.behind = new byte[1]);
        assertMalformed("value has 1 bytes behind its end", ED25519, parts -> parts.behindValue = new byte[1]);
        assertMalformed("empty namespace", ED25519, parts -> parts.namespace = "");
        assertMalformed("claims 1 bytes where 0 are left", ED25519, parts -> parts.publicKey = new byte[] {0, 0, 0, 1});
        assertMalformed("claims 4294967295 bytes", ED25519, parts -> parts.publicKey = new byte[] {-1, -1, -1, -1});
        byte[] blob = Parts.blob(Sample.vector(ED25519));
        for (int length = 1; length < blob.length; length++) {
            var cut = Parts.armored(Arrays.copyOf(blob, length));
            assertThrows(MalformedException.class, () -> Sample.KEYRING.read(cut));
        }
    }

    @Test
    void anEcdsaValueIsTwoPositiveIntegersInTheirShortestForm() {
        byte[] one = {1};
        assertMalformed("behind its end", P256, parts -> parts.value = Parts.strings(one, one, one));
        assertMalformed("claims 4 bytes where 0 are left", P256, parts -> parts.value = Parts.strings(one));
        assertMalformed("shortest form", P256, parts -> parts.value = Parts.strings(one, new byte[0]));
        assertMalformed("shortest form", P256, parts -> parts.value = Parts.strings(new byte[] {0}, one));
        assertMalformed("shortest form", P256, parts -> parts.value = Parts.strings(new byte[] {0, 1}, one));
        assertMalformed("shortest form", P256, parts -> parts.value = Parts.strings(new byte[] {-1}, one));
        byte[] most = BigInteger.TWO.pow(384).subtract(BigInteger.ONE).toByteArray();
        byte[] more = BigInteger.TWO.pow(384).toByteArray();
        assertMalformed("more than 384 bits", P256, parts -> parts.value = Parts.strings(one, more));
        assertMalformed("more than 384 bits", P256, parts -> parts.value = Parts.strings(more, one));
        for (byte[] number : new byte[][] {one, most}) {
            var wrong = Parts.changed(P256, parts -> parts.value = Parts.strings(number, number));
            assertEquals(Reason.OTHER_CONTENT, Sample.reason(Sample.KEYRING, wrong));
        }
    }

    @Test
    void aValueHasExactlyItsLength() {
        for (String vector : new String[] {ED25519, RSA}) {
            for (int difference : new int[] {-1, 1}) {
                var wrong = Parts.changed(
                        vector, parts -> parts.value = Arrays.copyOf(parts.value, parts.value.length + difference));
                assertEquals(Reason.OTHER_CONTENT, Sample.reason(Sample.KEYRING, wrong));
            }
        }
    }

    private static void assertMalformed(String words, String vector, Consumer<Parts> change) {
        assertMalformed(words, Parts.changed(vector, change));
    }

    private static void assertMalformed(String words, Bytes file) {
        var fault = assertThrows(MalformedException.class, () -> Sample.KEYRING.read(file));
        assertTrue(fault.sentence().contains(words), fault.sentence());
    }

    @Test
    void theArmorIsTwoLinesAndBase64Between() {
        String good = Sample.text(Sample.vector(ED25519));
        for (String same : new String[] {good.strip(), good.replace("\n", "\r\n")}) {
            assertInstanceOf(Verdict.Good.class, Sample.verdict(Sample.KEYRING, Sample.bytes(same)));
        }
        String oneLine = Sample.text(Parts.armored(Parts.blob(Sample.vector(ED25519))));
        assertInstanceOf(Verdict.Good.class, Sample.verdict(Sample.KEYRING, Sample.bytes(oneLine)));
        for (String other : new String[] {
            "",
            "\n" + good,
            good + "\n",
            " " + good,
            good.strip() + " ",
            "text\n" + good,
            good + "text\n",
            good.replace("BEGIN SSH", "BEGIN PGP"),
            good.replace("END SSH SIGNATURE", "END SSH"),
            BEGIN,
            BEGIN + "-----END SSH SIGNATURE-----\n"
        }) {
            assertMalformed("is not base64 between", Sample.bytes(other));
        }
        assertMalformed("base64", Sample.bytes(good + good));
        assertMalformed("base64", Sample.bytes(good.replace(BEGIN, BEGIN + "Comment: a\n\n")));
        assertMalformed("base64", Sample.bytes(good.replace(BEGIN, BEGIN + "*")));
        assertMalformed("base64", Sample.bytes(good.replace(BEGIN, BEGIN + " ")));
        assertMalformed("no base64", Sample.bytes(good.replaceAll("(?s)(?<=-----\n).*(?=\n-----END)", "")));
        // Of the last character before "==" four bits mean nothing, before "=" two.
        assertMalformed("one form", Sample.bytes(BEGIN + "AB==\n-----END SSH SIGNATURE-----\n"));
        assertMalformed("one form", Sample.bytes(BEGIN + "AAB=\n-----END SSH SIGNATURE-----\n"));
        assertMalformed("one form", Sample.bytes(BEGIN + "AA\n-----END SSH SIGNATURE-----\n"));
    }

    @Test
    void aFileHasAtMost8KiB() {
        String begin = BEGIN + "AAAA";
        String end = "\n-----END SSH SIGNATURE-----\n";
        int rest = SshArmor.FILE_BYTES_MAX - begin.length() - end.length();
        assertMalformed("does not begin", Sample.bytes(begin + "A".repeat(rest / 4 * 4) + "\r".repeat(rest % 4) + end));
        assertMalformed("more than 8192", Sample.bytes(begin + "A".repeat(rest + 1) + end));
    }
}
