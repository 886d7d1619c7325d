// SPDX-License-Identifier: Apache-2.0
package dev.chancery.openpgp6;

import dev.chancery.algorithms.BouncyCastleHashes;
import dev.chancery.algorithms.MemoryKey;
import dev.chancery.algorithms.SignatureChecks;
import dev.chancery.core.ArtifactName;
import dev.chancery.core.Authority;
import dev.chancery.core.Bytes;
import dev.chancery.core.DigestAlgorithm;
import dev.chancery.core.Encoding;
import dev.chancery.core.Signature;
import dev.chancery.format.FormatKeyring;
import dev.chancery.format.KeyPublication;
import dev.chancery.format.SignatureTerms;
import dev.chancery.format.Verdict;
import dev.chancery.hashing.ContentForm;
import dev.chancery.hashing.ContentPass;
import dev.chancery.hashing.Hashes;
import dev.chancery.hashing.Measure;
import dev.chancery.hashing.Measured;
import dev.chancery.hashing.Salt;
import dev.chancery.key.KeyAlgorithm;
import dev.chancery.key.KeyPurpose;
import java.io.ByteArrayInputStream;
import java.nio.channels.Channels;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// An authority with its two keys, and what the tests do with them.
record Sample(MemoryKey primary, MemoryKey signing) {
    static final Authority QA = new Authority("qa");
    static final Hashes HASHES = new BouncyCastleHashes();
    static final OpenPgp6Signing SIGNING = new OpenPgp6Signing(HASHES);
    static final OpenPgp6Verifying VERIFYING = new OpenPgp6Verifying(HASHES, new SignatureChecks());
    /// When the samples sign: a month after their keys were made.
    static final Instant NOW = MemoryKey.CREATED.plus(Duration.ofDays(30));

    static final Salt SALT = salt(7);

    static Salt salt(int octet) {
        byte[] bytes = new byte[OpenPgp6Format.SALT_OCTETS];
        java.util.Arrays.fill(bytes, (byte) octet);
        return new Salt(Bytes.of(bytes));
    }

    static Sample make() {
        var format = OpenPgp6Format.DESCRIPTION.name();
        return new Sample(
                MemoryKey.Pair.of(KeyAlgorithm.ED25519).bound(QA, format, KeyPurpose.CERTIFY),
                MemoryKey.Pair.of(KeyAlgorithm.ED25519).bound(QA, format, KeyPurpose.SIGN));
    }

    Sample expiring(Instant end) {
        return new Sample(primary, signing.valid(MemoryKey.CREATED, Optional.of(end)));
    }

    Bytes certificate() {
        return certificate("QA <qa@example.org>");
    }

    Bytes certificate(String userId) {
        var certifier = new KeyPublication.Certifier(primary, new SecureRandom());
        return SIGNING.publish(new KeyPublication(signing, Optional.of(certifier), userId, MemoryKey.CREATED));
    }

    Signature sign(Measured content, Encoding encoding) {
        return SIGNING.sign(content, terms(encoding), signing);
    }

    static SignatureTerms terms(Encoding encoding) {
        return new SignatureTerms(new ArtifactName("artifact"), encoding, NOW);
    }

    FormatKeyring keyring() {
        return VERIFYING.keyring(Map.of(QA, certificate()));
    }

    /// The verdict over a file with one signature, of which the content is measured as the signature asks.
    static Verdict verdict(FormatKeyring keyring, Bytes file, byte[] content) {
        var claim = keyring.read(file).getFirst();
        return claim.check(measured(content, claim.measures()), NOW);
    }

    /// All that the format wants of a content, with this salt.
    static Measured measured(byte[] content, Salt salt) {
        var measures = new HashSet<Measure>(List.of(Measure.digest(DigestAlgorithm.SHA512)));
        for (var form : ContentForm.values()) {
            measures.add(Measure.state(DigestAlgorithm.SHA512, form, salt));
        }
        return measured(content, measures);
    }

    static Measured measured(byte[] content, Set<Measure> measures) {
        return new ContentPass(HASHES).measure(Channels.newChannel(new ByteArrayInputStream(content)), measures);
    }
}
