// SPDX-License-Identifier: Apache-2.0
package dev.chancery.cms;

import dev.chancery.algorithms.MemoryKey;
import dev.chancery.core.Bytes;
import dev.chancery.key.KeyAlgorithm;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// Certificates with any fault, for tests. Everything signs with the algorithm of its key.
final class Certificates {
    static final byte[] CA = {0x30, 0x03, 0x01, 0x01, -1};
    static final byte[] NOT_CA = {0x30, 0x00};
    static final byte[] DIGITAL_SIGNATURE = {0x03, 0x02, 0x07, (byte) 0x80};
    static final byte[] KEY_ENCIPHERMENT = {0x03, 0x02, 0x05, 0x20};
    static final byte[] CERT_SIGN = {0x03, 0x02, 0x02, 0x04};

    private final MemoryKey issuerKey;
    private final byte[] issuer;
    private final List<byte[]> extensions = new ArrayList<>();
    private Instant notBefore = MemoryKey.CREATED;
    private Instant notAfter = MemoryKey.CREATED.plus(Duration.ofDays(365));
    private byte[] serial = DerWriter.integer(77);

    private Certificates(MemoryKey issuerKey, byte[] issuer) {
        this.issuerKey = issuerKey;
        this.issuer = issuer;
    }

    static Certificates by(MemoryKey issuerKey, String issuer) {
        return new Certificates(issuerKey, name(issuer));
    }

    static byte[] withNames(MemoryKey key, Certificate like) {
        var made = new Certificates(key, like.issuer().toArray());
        made.serial = DerWriter.integer(like.serial());
        return made.of(key, like.subject().toArray());
    }

    static MemoryKey key() {
        return Sample.key(KeyAlgorithm.ECDSA_P256).memory();
    }

    Certificates extension(String oid, boolean critical, byte[] value) {
        extensions.add(
                critical
                        ? DerWriter.sequence(DerWriter.oid(oid), DerWriter.isTrue(), DerWriter.octetString(value))
                        : DerWriter.sequence(DerWriter.oid(oid), DerWriter.octetString(value)));
        return this;
    }

    Certificates constraints(byte[] value) {
        return extension("2.5.29.19", true, value);
    }

    Certificates usage(byte[] value) {
        return extension("2.5.29.15", true, value);
    }

    Certificates valid(Instant from, Instant to) {
        notBefore = from;
        notAfter = to;
        return this;
    }

    static byte[] name(String common) {
        byte[] attribute = DerWriter.sequence(DerWriter.oid("2.5.4.3"), DerWriter.utf8(common));
        return DerWriter.sequence(DerWriter.element(DerReader.SET, attribute));
    }

    Bytes of(MemoryKey subjectKey, String subject) {
        return Bytes.of(of(subjectKey, name(subject)));
    }

    private byte[] of(MemoryKey subjectKey, byte[] subject) {
        byte[] algorithm = Algorithms.write(issuerKey.key().publicKey());
        byte[] tbs = DerWriter.sequence(
                DerWriter.element(0xa0, DerWriter.integer(2)),
                serial,
                algorithm,
                issuer,
                DerWriter.sequence(DerWriter.time(notBefore), DerWriter.time(notAfter)),
                subject,
                subjectKey.key().publicKey().der(),
                extensions.isEmpty()
                        ? new byte[0]
                        : DerWriter.element(0xa3, DerWriter.sequence(extensions.toArray(byte[][]::new))));
        var scheme = issuerKey.key().publicKey().scheme();
        var value = issuerKey.sign(Algorithms.toBeSigned(scheme, Algorithms.digestFor(scheme), Bytes.of(tbs)));
        return DerWriter.sequence(
                tbs, algorithm, DerWriter.bitString(value.bytes().toArray()));
    }
}
