// SPDX-License-Identifier: Apache-2.0
package dev.chancery.certificates;

import dev.chancery.core.RefusedException;
import dev.chancery.core.UnavailableException;
import dev.chancery.key.CertificateChain;
import dev.chancery.key.Key;
import dev.chancery.key.SigningKey;
import dev.chancery.signeddata.Certificate;
import java.time.Instant;

/// The certificates that a key has when it is to sign.
public final class SigningCertificates {
    private static final String RULE = "key-certificate";

    private SigningCertificates() {}

    /// Throws `UnavailableException` where there are none.
    public static CertificateChain of(SigningKey key) {
        return key.certificates()
                .orElseThrow(() -> new UnavailableException("key %s of %s has no certificate"
                        .formatted(key.key().id(), key.key().authority())));
    }

    /// The key's own, which is valid now. Throws `RefusedException` where it is not.
    public static Certificate usable(Key key, CertificateChain chain, Instant now) {
        var certificate = Certificate.read(chain.first());
        if (!certificate.hasKey(key.publicKey())) {
            throw new RefusedException(RULE, "the first certificate of key %s is of another key".formatted(key.id()));
        }
        if (!certificate.isValidAt(now)) {
            throw new RefusedException(
                    RULE,
                    "the certificate of key %s is valid from %s to %s, and it is %s"
                            .formatted(key.id(), certificate.notBefore(), certificate.notAfter(), now));
        }
        return certificate;
    }
}
