// SPDX-License-Identifier: Apache-2.0
package dev.chancery.format;

import dev.chancery.core.Bytes;
import dev.chancery.key.CertificateChain;
import dev.chancery.key.Key;
import dev.chancery.key.SigningKey;
import java.time.Instant;
import java.util.List;

/// Certificates of keys: made by the key itself when it is born, or issued by a certificate authority later.
/// Like a signature, what the key signs here is built by the format alone.
public interface CertifyingFormat {
    /// A certificate that the key makes for itself: its subject is the authority's name.
    CertificateChain selfSigned(SigningKey key);

    /// A certification request, signed by the key. `subject` is a distinguished name in the string form of RFC
    /// 4514.
    Bytes request(SigningKey key, String subject);

    /// Reads what a certificate authority answered: the key's certificate and those of its issuers, in any
    /// order. What it gives back is in order, and fit to sign with as of `now`.
    CertificateChain issued(Key key, Bytes file, Instant now);

    /// The public key file with these certificates of a key in it, before all others.
    Bytes publish(Bytes publicKeyFile, CertificateChain certificates);

    /// What the certificates say, in their order.
    List<CertificateSummary> summaries(CertificateChain certificates);
}
