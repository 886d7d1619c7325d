// SPDX-License-Identifier: Apache-2.0
package dev.chancery.signeddata;

import dev.chancery.core.Bytes;
import dev.chancery.core.MalformedException;
import dev.chancery.der.DerReader;
import dev.chancery.key.PublicKey;
import dev.chancery.key.SignatureCheck;
import dev.chancery.key.SignatureValue;
import java.math.BigInteger;
import java.time.Instant;
import java.util.Arrays;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// An X.509 certificate (RFC 5280, section 4.1), taken apart. Nobody has vouched for what it says yet; its key
/// may be of a kind that is not verified here.
public final class Certificate {
    private static final String SUBJECT = "certificate";
    private static final int EXTENSIONS_MAX = 64;

    private static final String SUBJECT_KEY_IDENTIFIER = "2.5.29.14";
    private static final String KEY_USAGE = "2.5.29.15";
    private static final String SUBJECT_ALTERNATIVE_NAME = "2.5.29.17";
    private static final String BASIC_CONSTRAINTS = "2.5.29.19";
    private static final String CERTIFICATE_POLICIES = "2.5.29.32";
    private static final String EXTENDED_KEY_USAGE = "2.5.29.37";

    /// Section 4.2: a critical extension that is not understood makes the certificate unusable.
    private static final Set<String> UNDERSTOOD =
            Set.of(KEY_USAGE, SUBJECT_ALTERNATIVE_NAME, BASIC_CONSTRAINTS, CERTIFICATE_POLICIES, EXTENDED_KEY_USAGE);

    /// The numbers of bits, section 4.2.1.3.
    private static final int DIGITAL_SIGNATURE = 0;

    private static final int NON_REPUDIATION = 1;
    private static final int KEY_CERT_SIGN = 5;

    /// `id-kp-codeSigning`, section 4.2.1.12.
    private static final String CODE_SIGNING = "1.3.6.1.5.5.7.3.3";
    /// `id-kp-timeStamping`, section 4.2.1.12.
    private static final String TIMESTAMPING = "1.3.6.1.5.5.7.3.8";

    private record Extension(boolean critical, Bytes value) {}

    /// What was signed, and by which algorithm.
    private record Signed(Bytes tbs, Algorithms.Identifier algorithm, SignatureValue value) {}

    private record Names(Bytes issuer, BigInteger serial, Bytes subject) {}

    private record Validity(Instant notBefore, Instant notAfter) {}

    private final Bytes der;
    private final Signed signed;
    private final Names names;
    private final Validity validity;
    private final Bytes publicKey;
    private final Map<String, Extension> extensions;

    private Certificate(Bytes der, Signed signed) {
        this.der = der;
        this.signed = signed;
        var tbs = new DerReader(SUBJECT, signed.tbs()).within(DerReader.SEQUENCE);
        readVersion(tbs);
        var serial = tbs.integer();
        if (!Algorithms.Identifier.read(tbs).equals(signed.algorithm())) {
            throw tbs.malformed("names two signature algorithms");
        }
        var issuer = tbs.element(DerReader.SEQUENCE);
        var within = tbs.within(DerReader.SEQUENCE);
        this.validity = new Validity(within.time(), within.time());
        within.end();
        this.names = new Names(issuer, serial, tbs.element(DerReader.SEQUENCE));
        this.publicKey = tbs.element(DerReader.SEQUENCE);
        this.extensions = extensions(tbs);
    }

    public static Certificate read(Bytes der) {
        var file = new DerReader(SUBJECT, der);
        var certificate = file.within(DerReader.SEQUENCE);
        file.end();
        var tbs = certificate.element(DerReader.SEQUENCE);
        var algorithm = Algorithms.Identifier.read(certificate);
        var value = new SignatureValue(certificate.bits());
        certificate.end();
        return new Certificate(der, new Signed(tbs, algorithm, value));
    }

    /// Absent for version 1, else 1 or 2 for versions 2 and 3.
    private static void readVersion(DerReader tbs) {
        if (tbs.nextIs(0xa0)) {
            var explicit = tbs.within(0xa0);
            int version = explicit.smallInteger();
            explicit.end();
            if (version != 1 && version != 2) {
                throw tbs.malformed("has version number %d, not 1 or 2".formatted(version));
            }
        }
    }

    private static Map<String, Extension> extensions(DerReader tbs) {
        for (int uniqueId : List.of(0x81, 0x82)) {
            if (tbs.nextIs(uniqueId)) {
                tbs.element(uniqueId);
            }
        }
        var extensions = new LinkedHashMap<String, Extension>();
        if (!tbs.isAtEnd()) {
            var explicit = tbs.within(0xa3);
            var list = explicit.within(DerReader.SEQUENCE);
            explicit.end();
            while (!list.isAtEnd()) {
                var extension = list.within(DerReader.SEQUENCE);
                String oid = extension.oid();
                boolean critical = extension.nextIs(DerReader.BOOLEAN) && extension.bool();
                var value = extension.content(DerReader.OCTET_STRING);
                extension.end();
                if (extensions.putIfAbsent(oid, new Extension(critical, value)) != null) {
                    throw tbs.malformed("has extension %s twice".formatted(oid));
                }
                if (extensions.size() > EXTENSIONS_MAX) {
                    throw tbs.malformed("has more than %d extensions".formatted(EXTENSIONS_MAX));
                }
            }
        }
        tbs.end();
        return extensions;
    }

    public Bytes der() {
        return der;
    }

    public Bytes issuer() {
        return names.issuer();
    }

    public BigInteger serial() {
        return names.serial();
    }

    public Bytes subject() {
        return names.subject();
    }

    /// The `SubjectPublicKeyInfo`, as it stands there.
    public Bytes publicKeyInfo() {
        return publicKey;
    }

    /// Throws `MalformedException` when the key is of a kind that is not verified here.
    public PublicKey publicKey() {
        return PublicKey.parse(publicKey.toArray());
    }

    public boolean hasKey(PublicKey key) {
        return publicKey.equals(Bytes.of(key.der()));
    }

    public Instant notBefore() {
        return validity.notBefore();
    }

    public Instant notAfter() {
        return validity.notAfter();
    }

    /// Section 4.1.2.5: both ends are within.
    public boolean isValidAt(Instant time) {
        return !time.isBefore(validity.notBefore()) && !time.isAfter(validity.notAfter());
    }

    /// Whether issuer and subject are the same: of a certificate authority's own certificate, that nobody
    /// issued it.
    public boolean isSelfIssued() {
        return issuer().equals(subject());
    }

    /// Section 4.2.1.9.
    public boolean isOfAuthority() {
        return value(BASIC_CONSTRAINTS)
                .map(constraints -> {
                    var within = constraints.within(DerReader.SEQUENCE);
                    return within.nextIs(DerReader.BOOLEAN) && within.bool();
                })
                .orElse(false);
    }

    /// Whether the key may sign what is neither a certificate nor a revocation list (section 4.2.1.3).
    public boolean maySign() {
        return usage(DIGITAL_SIGNATURE, NON_REPUDIATION);
    }

    public boolean maySignDigitally() {
        return usage(DIGITAL_SIGNATURE);
    }

    public boolean mayCertify() {
        return isOfAuthority() && usage(KEY_CERT_SIGN);
    }

    /// Whether one of the bits is set, or nothing is said.
    private boolean usage(int... bits) {
        return value(KEY_USAGE)
                .map(DerReader::namedBits)
                .map(usage -> Arrays.stream(bits).anyMatch(usage::get))
                .orElse(true);
    }

    /// Whether the key is for timestamps and for nothing else, and says so in a critical extension (RFC 3161,
    /// section 2.3).
    public boolean isForTimestampsAlone() {
        var extension = extensions.get(EXTENDED_KEY_USAGE);
        return extension != null && extension.critical() && isTimestamping(new DerReader(SUBJECT, extension.value()));
    }

    private static boolean isTimestamping(DerReader extendedKeyUsage) {
        var purposes = extendedKeyUsage.within(DerReader.SEQUENCE);
        return purposes.oid().equals(TIMESTAMPING) && purposes.isAtEnd();
    }

    /// Whether the key signs code and does nothing else: a critical key usage of digital signatures, with or without
    /// non-repudiation, and where purposes are named (section 4.2.1.12), only that one.
    public boolean isForCodeAlone() {
        var others = value(KEY_USAGE).map(DerReader::namedBits).orElseGet(BitSet::new);
        boolean signs = others.get(DIGITAL_SIGNATURE);
        others.clear(DIGITAL_SIGNATURE, NON_REPUDIATION + 1);
        return hasCriticalUsage() && signs && others.isEmpty() && isPurposeCode();
    }

    private boolean isPurposeCode() {
        return value(EXTENDED_KEY_USAGE)
                .map(extension -> {
                    var purposes = extension.within(DerReader.SEQUENCE);
                    return purposes.oid().equals(CODE_SIGNING) && purposes.isAtEnd();
                })
                .orElse(true);
    }

    /// Whether it says what its key is for, in a way that nobody may pass over.
    public boolean hasCriticalUsage() {
        var usage = extensions.get(KEY_USAGE);
        return usage != null && usage.critical();
    }

    /// Section 4.2.1.2.
    public Optional<Bytes> keyIdentifier() {
        return value(SUBJECT_KEY_IDENTIFIER).map(identifier -> identifier.content(DerReader.OCTET_STRING));
    }

    private Optional<DerReader> value(String oid) {
        return Optional.ofNullable(extensions.get(oid)).map(extension -> new DerReader(SUBJECT, extension.value()));
    }

    /// A critical extension that nobody here understands.
    public Optional<String> strangeExtension() {
        return extensions.entrySet().stream()
                .filter(entry -> entry.getValue().critical() && !UNDERSTOOD.contains(entry.getKey()))
                .map(Map.Entry::getKey)
                .findFirst();
    }

    /// Whether the key of `issuer` made this certificate's signature. Names are compared apart.
    public boolean isSignedBy(Certificate issuer, SignatureCheck checks) {
        try {
            var key = issuer.publicKey();
            return Algorithms.certificateDigest(signed.algorithm(), key.scheme())
                    .map(digest -> checks.holds(
                            key, Algorithms.toBeSigned(key.scheme(), digest, signed.tbs()), signed.value()))
                    .orElse(false);
        } catch (MalformedException ofAnotherKind) {
            return false;
        }
    }

    /// Two are one when their bytes are.
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Certificate that && der.equals(that.der);
    }

    @Override
    public int hashCode() {
        return der.hashCode();
    }
}
