// SPDX-License-Identifier: Apache-2.0
package dev.chancery.timestamp;

import dev.chancery.key.SignatureCheck;
import dev.chancery.signeddata.Certificate;
import java.io.ByteArrayInputStream;
import java.security.GeneralSecurityException;
import java.security.InvalidAlgorithmParameterException;
import java.security.cert.CertPathValidator;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.PKIXParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// How a service's certificate leads to a trusted one: the service's, those that issued it, and the trusted
/// one.
///
/// It is looked for here and judged by the JDK. What comes with a token is anybody's, so the search looks
/// at each certificate once: at most as many signatures are checked as there are pairs of certificates.
record ServicePath(List<Certificate> certificates, Certificate anchor) {

    /// The shortest one, if there is one.
    static Optional<ServicePath> between(
            Certificate service, List<Certificate> carried, List<Certificate> trusted, SignatureCheck checks) {
        var seen = new HashSet<>(Set.of(service));
        var paths = new ArrayDeque<>(List.of(List.of(service)));
        while (!paths.isEmpty()) {
            var path = paths.remove();
            var last = path.getLast();
            var anchor = trusted.stream()
                    .filter(issuer -> isIssuer(issuer, last, checks))
                    .findFirst();
            if (anchor.isPresent()) {
                return Optional.of(new ServicePath(path, anchor.get()));
            }
            for (var issuer : carried) {
                if (!seen.contains(issuer) && isIssuer(issuer, last, checks)) {
                    seen.add(issuer);
                    var longer = new ArrayList<>(path);
                    longer.add(issuer);
                    paths.add(longer);
                }
            }
        }
        return Optional.empty();
    }

    private static boolean isIssuer(Certificate issuer, Certificate issued, SignatureCheck checks) {
        return issuer.subject().equals(issued.issuer()) && issuer.mayCertify() && issued.isSignedBy(issuer, checks);
    }

    /// RFC 5280, section 6. The anchor's own validity, which section 6.1 leaves open, is asked too.
    void requireValidAt(Instant time) {
        if (!anchor.isValidAt(time)) {
            throw TimestampServices.refused("is of %s, and the trusted certificate is valid from %s to %s"
                    .formatted(time, anchor.notBefore(), anchor.notAfter()));
        }
        try {
            var factory = CertificateFactory.getInstance("X.509");
            var path = new ArrayList<X509Certificate>();
            for (var certificate : certificates) {
                path.add(parsed(certificate, factory));
            }
            CertPathValidator.getInstance("PKIX").validate(factory.generateCertPath(path), parameters(factory, time));
        } catch (GeneralSecurityException e) {
            throw TimestampServices.refused("is of a service whose certificates do not lead to the trusted one: "
                    + String.valueOf(e.getMessage()).lines().findFirst().orElse(""));
        }
    }

    private PKIXParameters parameters(CertificateFactory factory, Instant time)
            throws CertificateException, InvalidAlgorithmParameterException {
        var parameters = new PKIXParameters(Set.of(new TrustAnchor(parsed(anchor, factory), null)));
        parameters.setRevocationEnabled(false);
        parameters.setDate(java.util.Date.from(time));
        return parameters;
    }

    private static X509Certificate parsed(Certificate certificate, CertificateFactory factory)
            throws CertificateException {
        return (X509Certificate) factory.generateCertificate(
                new ByteArrayInputStream(certificate.der().toArray()));
    }
}
