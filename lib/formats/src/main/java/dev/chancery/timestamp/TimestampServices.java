// SPDX-License-Identifier: Apache-2.0
package dev.chancery.timestamp;

import dev.chancery.core.Bytes;
import dev.chancery.core.MalformedException;
import dev.chancery.core.Quoted;
import dev.chancery.core.RefusedException;
import dev.chancery.format.Timestamp;
import dev.chancery.key.CertificateChain;
import dev.chancery.key.SignatureCheck;
import dev.chancery.key.SignatureValue;
import dev.chancery.signeddata.Algorithms;
import dev.chancery.signeddata.Attributes;
import dev.chancery.signeddata.Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.security.auth.x500.X500Principal;

/// The timestamp services that somebody trusts, by certificates: their own, or those of certificate authorities
/// above them.
public final class TimestampServices {
    /// How far a service's clock may be ahead of ours: 30 minutes, as a signer's.
    static final Duration CLOCK_SKEW_MAX = Duration.ofMinutes(30);

    /// Not a name of RFC 4514, which would be shown as numbers.
    private static final Map<String, String> MORE_NAMES = Map.of("1.2.840.113549.1.9.1", "EMAILADDRESS");

    private final List<Certificate> trusted;
    private final SignatureCheck checks;

    private TimestampServices(List<Certificate> trusted, SignatureCheck checks) {
        this.trusted = trusted;
        this.checks = checks;
    }

    /// Throws `MalformedException` when one of the certificates is neither for timestamps nor of a certificate
    /// authority.
    public static TimestampServices of(CertificateChain certificates, SignatureCheck checks) {
        var trusted = new ArrayList<Certificate>();
        for (Bytes der : certificates.certificates()) {
            trusted.add(trusted(trusted.size() + 1, der));
        }
        return new TimestampServices(List.copyOf(trusted), checks);
    }

    private static Certificate trusted(int number, Bytes der) {
        try {
            var certificate = Certificate.read(der);
            if (certificate.isForTimestampsAlone() || certificate.mayCertify()) {
                return certificate;
            }
        } catch (MalformedException e) {
            throw new MalformedException(
                    "certificate %d of timestamp services is not right: %s".formatted(number, e.sentence()), e);
        }
        throw new MalformedException(
                "certificate %d of timestamp services is neither for timestamps alone nor of a certificate authority"
                        .formatted(number));
    }

    /// When the value was there at the latest, and who says so. Throws `RefusedException` (rule
    /// `timestamp-token`) or `MalformedException` when the token does not prove it; the steps are those of the
    /// package comment.
    public Timestamp.Proven prove(TimestampToken token, SignatureValue value, Instant now) {
        requireImprint(token.info(), value);
        requirePast(token.info().time(), now);
        var service = service(token);
        requireFit(service);
        requireSignedBy(service, token);
        requireTrusted(service, token);
        return new Timestamp.Proven(token.info().time(), name(service));
    }

    private static void requireImprint(TstInfo info, SignatureValue value) {
        if (!Algorithms.hash(info.imprint().algorithm(), value.bytes()).equals(info.imprint())) {
            throw refused("is over another value");
        }
    }

    private static void requirePast(Instant time, Instant now) {
        if (time.isAfter(now.plus(CLOCK_SKEW_MAX))) {
            throw refused("is of %s, which is still to come".formatted(time));
        }
    }

    /// The certificate that the signed attributes have the digest of. Issuer and serial number alone are anybody's
    /// choice.
    private Certificate service(TimestampToken token) {
        var attributes = token.attributes();
        if (Collections.disjoint(
                attributes.types(), List.of(Attributes.SIGNING_CERTIFICATE, Attributes.SIGNING_CERTIFICATE_V2))) {
            throw refused("does not say by its digest which certificate it was made with");
        }
        return Stream.concat(token.certificates().stream(), trusted.stream())
                .filter(certificate -> token.signer().identifier().names(certificate) && attributes.name(certificate))
                .findFirst()
                .orElseThrow(() -> refused("was made with a certificate that is neither in it nor trusted"));
    }

    /// RFC 3161, section 2.3.
    private static void requireFit(Certificate service) {
        if (!service.isForTimestampsAlone() || !service.maySign()) {
            throw refused("was made with a certificate that is not for timestamps alone");
        }
        service.strangeExtension().ifPresent(oid -> {
            throw refused("was made with a certificate that has critical extension %s, which is not known here"
                    .formatted(oid));
        });
    }

    /// RFC 5652, sections 5.4 and 5.6.
    private void requireSignedBy(Certificate service, TimestampToken token) {
        var signer = token.signer();
        var key = service.publicKey();
        var digest = Algorithms.digest(signer.digestAlgorithm())
                .filter(named -> Algorithms.fits(signer.signatureAlgorithm(), key.scheme(), named))
                .orElseThrow(() -> refused(
                        "is signed by algorithm %s with digest algorithm %s, which are not known or do not fit the key"
                                .formatted(
                                        signer.signatureAlgorithm().oid(),
                                        signer.digestAlgorithm().oid())));
        if (!token.attributes().contentType().equals(TstInfo.CONTENT_TYPE)
                || !token.attributes().messageDigest(digest).equals(Algorithms.hash(digest, token.content()))) {
            throw refused("has signed attributes of other content");
        }
        Bytes signed = signer.signed().orElseThrow();
        if (!checks.holds(key, Algorithms.toBeSigned(key.scheme(), digest, signed), signer.value())) {
            throw refused("was changed, or made with another key than the one it names");
        }
    }

    private void requireTrusted(Certificate service, TimestampToken token) {
        var time = token.info().time();
        if (!service.isValidAt(time)) {
            throw refused("is of %s, and its certificate is valid from %s to %s"
                    .formatted(time, service.notBefore(), service.notAfter()));
        }
        if (!trusted.contains(service)) {
            ServicePath.between(service, token.certificates(), trusted, checks)
                    .orElseThrow(() -> refused("is of service %s, which is not trusted".formatted(quoted(service))))
                    .requireValidAt(time);
        }
    }

    private static String quoted(Certificate service) {
        return Quoted.text(name(service));
    }

    private static String name(Certificate service) {
        try {
            return new X500Principal(service.subject().toArray()).getName(X500Principal.RFC2253, MORE_NAMES);
        } catch (IllegalArgumentException e) {
            throw new MalformedException("timestamp service has a name that is not one: " + e.getMessage(), e);
        }
    }

    static RefusedException refused(String fault) {
        return new RefusedException(TimestampToken.RULE, TimestampToken.SUBJECT + " " + fault);
    }
}
