// SPDX-License-Identifier: Apache-2.0
package dev.chancery.tag;

import dev.chancery.algorithms.BouncyCastleHashes;
import dev.chancery.algorithms.MemoryKey;
import dev.chancery.algorithms.SignatureChecks;
import dev.chancery.core.Authority;
import dev.chancery.core.Bytes;
import dev.chancery.core.DigestAlgorithm;
import dev.chancery.core.Encoding;
import dev.chancery.core.FormatName;
import dev.chancery.core.Signature;
import dev.chancery.format.FormatKeyring;
import dev.chancery.format.KeyPublication;
import dev.chancery.format.SignatureTerms;
import dev.chancery.format.Verdict;
import dev.chancery.hashing.ContentPass;
import dev.chancery.hashing.Measure;
import dev.chancery.hashing.Measured;
import dev.chancery.key.KeyAlgorithm;
import dev.chancery.key.KeyPurpose;
import java.io.ByteArrayInputStream;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What the tests of this format have in common.
final class Sample {
    static final Authority QA = new Authority("qa");
    static final Authority RELEASE = new Authority("release");
    static final FormatName TAG = new FormatName("tag");
    static final TagName NAME = new TagName("bundle-jira-1.0");
    static final TagPayload PAYLOAD = TagPayload.of(NAME, bytes("job: 42\n"));
    static final Instant NOW = Instant.parse("2026-02-01T00:00:00Z");
    static final TagSigning SIGNING = new TagSigning();
    static final TagVerifying VERIFYING = new TagVerifying(new SignatureChecks());

    private Sample() {}

    static Bytes bytes(String text) {
        return Bytes.of(text.getBytes(StandardCharsets.UTF_8));
    }

    static String text(Bytes bytes) {
        return new String(bytes.toArray(), StandardCharsets.UTF_8);
    }

    static MemoryKey key(Authority authority, KeyAlgorithm algorithm) {
        return MemoryKey.Pair.of(algorithm).bound(authority, TAG, KeyPurpose.SIGN);
    }

    static MemoryKey key(Authority authority) {
        return key(authority, KeyAlgorithm.ECDSA_P256);
    }

    static SignatureTerms terms(Encoding encoding) {
        return new SignatureTerms(NAME.artifact(), encoding, NOW);
    }

    static Signature signed(TagPayload payload, MemoryKey key) {
        return SIGNING.sign(measured(payload.bytes()), terms(Encoding.ARMOR), key);
    }

    static Bytes published(MemoryKey key) {
        return SIGNING.publish(new KeyPublication(key, Optional.empty(), "unused", NOW));
    }

    static FormatKeyring keyring(Map<Authority, Bytes> files) {
        return VERIFYING.keyring(files);
    }

    static List<Verdict> verdicts(FormatKeyring keyring, Bytes file, Bytes content) {
        return keyring.read(file).stream()
                .map(claim -> claim.check(measured(content), NOW))
                .toList();
    }

    static Measured measured(Bytes content) {
        var measures = List.of(Measure.content(), Measure.digest(DigestAlgorithm.SHA256));
        return new ContentPass(new BouncyCastleHashes())
                .measure(Channels.newChannel(new ByteArrayInputStream(content.toArray())), measures);
    }
}
