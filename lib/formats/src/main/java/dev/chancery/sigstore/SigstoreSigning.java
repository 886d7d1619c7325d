// SPDX-License-Identifier: Apache-2.0
package dev.chancery.sigstore;

import dev.chancery.algorithms.PublicKeyPem;
import dev.chancery.core.Bytes;
import dev.chancery.core.DigestAlgorithm;
import dev.chancery.core.Encoding;
import dev.chancery.core.Signature;
import dev.chancery.format.FormatDescription;
import dev.chancery.format.KeyPublication;
import dev.chancery.format.SignatureTerms;
import dev.chancery.format.SigningFormat;
import dev.chancery.hashing.Measure;
import dev.chancery.hashing.Measured;
import dev.chancery.hashing.Salt;
import dev.chancery.key.Scheme;
import dev.chancery.key.SigningKey;
import dev.chancery.key.ToBeSigned;
import java.nio.charset.StandardCharsets;
import java.util.Set;

/// Makes bundles.
public final class SigstoreSigning implements SigningFormat {
    @Override
    public FormatDescription description() {
        return SigstoreFormat.DESCRIPTION;
    }

    @Override
    public Set<Measure> measures(Scheme scheme, Encoding encoding, Salt salt) {
        description().suffix(encoding);
        return Set.of(SigstoreFormat.MEASURE);
    }

    @Override
    public Signature sign(Measured content, SignatureTerms terms, SigningKey key) {
        description().suffix(terms.encoding());
        var signature = key.sign(new ToBeSigned.OfDigest(content.digest(DigestAlgorithm.SHA256)));
        var bundle = SigstoreFormat.bundle(key.key().publicKey(), content, signature);
        return new Signature(description().name(), terms.encoding(), bundle.write());
    }

    @Override
    public Bytes publish(KeyPublication publication) {
        var pem = PublicKeyPem.write(publication.key().key().publicKey());
        return Bytes.of(pem.getBytes(StandardCharsets.US_ASCII));
    }
}
