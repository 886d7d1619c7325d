// SPDX-License-Identifier: Apache-2.0
package dev.chancery.signeddata;

import dev.chancery.algorithms.MemoryKey;
import dev.chancery.core.Authority;
import dev.chancery.core.Bytes;
import dev.chancery.core.FormatName;
import dev.chancery.der.DerReader;
import dev.chancery.der.DerWriter;
import dev.chancery.key.KeyAlgorithm;
import dev.chancery.key.KeyPurpose;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// Certificates with any fault, for tests. Everything signs with the algorithm of its key.
public final class Certificates {
    public static final Bytes CA = Bytes.of(new byte[] {0x30, 0x03, 0x01, 0x01, -1});
    public static final Bytes NOT_CA = Bytes.of(new byte[] {0x30, 0x00});
    public static final Bytes DIGITAL_SIGNATURE = Bytes.of(new byte[] {0x03, 0x02, 0x07, (byte) 0x80});
    public static final Bytes KEY_ENCIPHERMENT = Bytes.of(new byte[] {0x03, 0x02, 0x05, 0x20});
    public static final Bytes CERT_SIGN = Bytes.of(new byte[] {0x03, 0x02, 0x02, 0x04});

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

    public static Certificates by(MemoryKey issuerKey, String issuer) {
        return new Certificates(issuerKey, name(issuer));
    }

    public static byte[] withNames(MemoryKey key, Certificate like) {
        var made = new Certificates(key, like.issuer().toArray());
        made.serial = DerWriter.integer(like.serial());
        return made.of(key, like.subject().toArray());
    }

    public static MemoryKey key() {
        return key(KeyAlgorithm.ECDSA_P256);
    }

    public static MemoryKey key(KeyAlgorithm algorithm) {
        return MemoryKey.Pair.of(algorithm).bound(new Authority("qa"), new FormatName("cms"), KeyPurpose.SIGN);
    }

    public Certificates extension(String oid, boolean critical, byte[] value) {
        extensions.add(
                critical
                        ? DerWriter.sequence(DerWriter.oid(oid), DerWriter.isTrue(), DerWriter.octetString(value))
                        : DerWriter.sequence(DerWriter.oid(oid), DerWriter.octetString(value)));
        return this;
    }

    public Certificates constraints(Bytes value) {
        return extension("2.5.29.19", true, value.toArray());
    }

    public Certificates usage(Bytes value) {
        return extension("2.5.29.15", true, value.toArray());
    }

    public Certificates valid(Instant from, Instant to) {
        notBefore = from;
        notAfter = to;
        return this;
    }

    public static byte[] name(String common) {
        byte[] attribute = DerWriter.sequence(DerWriter.oid("2.5.4.3"), DerWriter.utf8(common));
        return DerWriter.sequence(DerWriter.element(DerReader.SET, attribute));
    }

    public Bytes of(MemoryKey subjectKey, String subject) {
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
