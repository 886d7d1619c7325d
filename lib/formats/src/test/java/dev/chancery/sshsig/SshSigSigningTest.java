// SPDX-License-Identifier: Apache-2.0
package dev.chancery.sshsig;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.chancery.algorithms.MemoryKey;
import dev.chancery.algorithms.Mutation;
import dev.chancery.core.ArtifactName;
import dev.chancery.core.Bytes;
import dev.chancery.core.DigestAlgorithm;
import dev.chancery.core.Encoding;
import dev.chancery.core.FormatName;
import dev.chancery.core.MalformedException;
import dev.chancery.core.Signature;
import dev.chancery.core.UnavailableException;
import dev.chancery.format.FormatKeyring;
import dev.chancery.format.Reason;
import dev.chancery.format.SignatureTerms;
import dev.chancery.format.Verdict;
import dev.chancery.hashing.Measure;
import dev.chancery.hashing.Salt;
import dev.chancery.key.Key;
import dev.chancery.key.KeyAlgorithm;
import dev.chancery.key.Namespace;
import dev.chancery.key.SignatureValue;
import dev.chancery.key.SigningKey;
import dev.chancery.key.ToBeSigned;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SshSigSigningTest {
    private static final Namespace GIT = new Namespace("git");

    @ParameterizedTest
    @EnumSource
    void everyAlgorithmIsReadBack(KeyAlgorithm algorithm) {
        var key = Sample.key(algorithm);
        var signature = Sample.sign(Sample.CONTENT, key);
        assertTrue(Sample.VERIFYING.isBy(key.key(), signature, Sample.CONTENT));
        assertFalse(Sample.VERIFYING.isBy(key.key(), signature, Sample.measured(new byte[1])));
        assertFalse(Sample.VERIFYING.isBy(Sample.key(KeyAlgorithm.ECDSA_P256).key(), signature, Sample.CONTENT));
        assertEquals(
                new Verdict.Good(Sample.QA, key.key().id(), Optional.empty()),
                Sample.verdict(Sample.keyring(key), signature.bytes()));
        assertEquals(
                Reason.UNKNOWN_KEY, Sample.reason(Sample.keyring(Sample.key(KeyAlgorithm.ED25519)), signature.bytes()));
        assertEquals(
                Set.of(Measure.digest(DigestAlgorithm.SHA512)),
                Sample.SIGNING.measures(key.key().publicKey().scheme(), Encoding.ARMOR, Salt.NONE));
    }

    /// "Printable": as ssh-keygen breaks its lines.
    @ParameterizedTest
    @EnumSource
    void aFileLooksLikeOneOfSshKeygen(KeyAlgorithm algorithm) {
        var lines = Sample.text(
                        Sample.sign(Sample.CONTENT, Sample.key(algorithm)).bytes())
                .lines()
                .toList();
        assertEquals("-----BEGIN SSH SIGNATURE-----", lines.getFirst());
        assertEquals("-----END SSH SIGNATURE-----", lines.getLast());
        var base64 = lines.subList(1, lines.size() - 1);
        assertTrue(base64.subList(0, base64.size() - 1).stream().allMatch(line -> line.length() == 70));
        assertTrue(base64.getLast().length() <= 70 && !base64.getLast().isEmpty());
    }

    @ParameterizedTest
    @EnumSource
    void noSingleBitOfAFileMayChange(KeyAlgorithm algorithm) {
        var key = Sample.key(algorithm);
        var signature = Sample.sign(Sample.CONTENT, key).bytes();
        assertNoBitMayChange(Sample.keyring(key), key, signature.toArray(), Bytes::of);
    }

    @ParameterizedTest
    @EnumSource
    void noSingleBitOfASignatureMayChange(KeyAlgorithm algorithm) {
        var key = Sample.key(algorithm);
        var blob = Parts.blob(Sample.sign(Sample.CONTENT, key).bytes());
        assertNoBitMayChange(Sample.keyring(key), key, blob, Parts::armored);
    }

    private interface Writing {
        Bytes file(byte[] bytes);
    }

    private static void assertNoBitMayChange(FormatKeyring keyring, MemoryKey key, byte[] bytes, Writing writing) {
        Mutation.bits(bytes.length).forEach(bit -> {
            byte[] damaged = bytes.clone();
            damaged[bit / 8] ^= (byte) (1 << bit % 8);
            assertRefused(keyring, key, writing.file(damaged), "bit " + bit);
        });
    }

    @ParameterizedTest
    @EnumSource
    void aDamagedSignatureNeverCounts(KeyAlgorithm algorithm) {
        var key = Sample.key(algorithm);
        var keyring = Sample.keyring(key);
        byte[] blob = Parts.blob(Sample.sign(Sample.CONTENT, key).bytes());
        var mutation = new Mutation(1);
        for (int round = Mutation.rounds(500); round > 0; round--) {
            assertRefused(keyring, key, Parts.armored(mutation.of(blob)), "round " + round);
        }
    }

    private static void assertRefused(FormatKeyring keyring, MemoryKey key, Bytes file, String what) {
        var signature = new Signature(Sample.SSHSIG, Encoding.ARMOR, file);
        assertFalse(Sample.VERIFYING.isBy(key.key(), signature, Sample.CONTENT), what);
        try {
            assertInstanceOf(Verdict.Bad.class, Sample.verdict(keyring, file), what);
        } catch (MalformedException e) {
            assertFalse(e.sentence().isEmpty());
        }
    }

    @Test
    void otherContentNeverCounts() {
        var key = Sample.key(KeyAlgorithm.ED25519);
        var claim = Sample.keyring(key)
                .read(Sample.sign(Sample.CONTENT, key).bytes())
                .getFirst();
        assertEquals(Set.of(Measure.digest(DigestAlgorithm.SHA512)), claim.measures());
        var mutation = new Mutation(2);
        for (int round = Mutation.rounds(100); round > 0; round--) {
            var other = Sample.measured(mutation.of(Sample.vector("content.txt").toArray()));
            assertInstanceOf(Verdict.Bad.class, claim.check(other, Sample.NOW));
        }
    }

    @Test
    void thereIsNothingButArmor() {
        var key = Sample.key(KeyAlgorithm.ED25519);
        var signature = Sample.sign(Sample.CONTENT, key);
        for (var encoding : List.of(Encoding.BINARY, Encoding.CLEARTEXT)) {
            var terms = new SignatureTerms(new ArtifactName("artifact"), encoding, Sample.NOW);
            assertThrows(MalformedException.class, () -> Sample.SIGNING.sign(Sample.CONTENT, terms, key));
            assertThrows(
                    MalformedException.class,
                    () -> Sample.SIGNING.measures(key.key().publicKey().scheme(), encoding, Salt.NONE));
            var other = new Signature(Sample.SSHSIG, encoding, signature.bytes());
            assertFalse(Sample.VERIFYING.isBy(key.key(), other, Sample.CONTENT));
        }
        var raw = new Signature(new FormatName("raw"), Encoding.ARMOR, signature.bytes());
        assertFalse(Sample.VERIFYING.isBy(key.key(), raw, Sample.CONTENT));
    }

    /// A key for `git` cannot make a signature that counts for `file`, nor the other way round, even though
    /// it is the same secret here.
    @Test
    void theNamespaceIsTheKeys() {
        var file = Sample.key(KeyAlgorithm.ED25519);
        var git = file.in(GIT);
        assertEquals(Optional.of(new Namespace("file")), Sample.SIGNING.defaultNamespace());
        for (var keys : List.of(List.of(file, git), List.of(git, file))) {
            var own = Sample.sign(Sample.CONTENT, keys.getFirst());
            var other = keys.getLast();
            assertTrue(Sample.VERIFYING.isBy(keys.getFirst().key(), own, Sample.CONTENT));
            assertFalse(Sample.VERIFYING.isBy(other.key(), own, Sample.CONTENT));
            var bad = Sample.bad(Sample.keyring(other), own.bytes());
            assertEquals(Reason.UNFIT_KEY, bad.reason());
            assertTrue(bad.sentence().contains("namespace"), bad.sentence());
        }
        assertTrue(Sample.VERIFYING.publishes(Sample.publish(git), git.key()));
        assertFalse(Sample.VERIFYING.publishes(Sample.publish(git), file.key()));
        assertTrue(Sample.VERIFYING.publishes(Sample.publish(file.in(new Namespace("file"))), file.key()));
        assertFalse(Sample.VERIFYING.publishes(
                Sample.publish(file), Sample.key(KeyAlgorithm.ED25519).key()));
    }

    /// What a verifier passes over is not handed out.
    @Test
    void whatIsHandedOutIsExactlyWhatWeMake() {
        var key = Sample.key(KeyAlgorithm.RSA_3072);
        var file = Sample.sign(Sample.CONTENT, key).bytes();
        var reserved = Parts.changed(file, parts -> parts.reserved = new byte[] {1});
        assertInstanceOf(Verdict.Good.class, Sample.verdict(Sample.keyring(key), reserved));
        var signature = new Signature(Sample.SSHSIG, Encoding.ARMOR, reserved);
        assertFalse(Sample.VERIFYING.isBy(key.key(), signature, Sample.CONTENT));
        var version = Parts.changed(file, parts -> parts.version = 2);
        assertFalse(Sample.VERIFYING.isBy(
                key.key(), new Signature(Sample.SSHSIG, Encoding.ARMOR, version), Sample.CONTENT));
    }

    @Test
    void aKeyThatAnswersNonsenseIsUnavailable() {
        var real = Sample.key(KeyAlgorithm.ECDSA_P256);
        var broken = new SigningKey() {
            @Override
            public Key key() {
                return real.key();
            }

            @Override
            public SignatureValue sign(ToBeSigned toBeSigned) {
                return SignatureValue.of(new byte[64]);
            }
        };
        var terms = new SignatureTerms(new ArtifactName("artifact"), Encoding.ARMOR, Sample.NOW);
        assertThrows(UnavailableException.class, () -> Sample.SIGNING.sign(Sample.CONTENT, terms, broken));
    }
}
