// SPDX-License-Identifier: Apache-2.0
package dev.chancery.raw;

import dev.chancery.algorithms.PublicKeyPem;
import dev.chancery.core.Bytes;
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
import java.nio.charset.StandardCharsets;
import java.util.Set;

/// Makes raw signatures.
public final class RawSigning implements SigningFormat {
    @Override
    public FormatDescription description() {
        return RawFormat.DESCRIPTION;
    }

    @Override
    public Set<Measure> measures(Scheme scheme, Encoding encoding, Salt salt) {
        description().suffix(encoding);
        return Set.of(RawFormat.measure(scheme));
    }

    @Override
    public Signature sign(Measured content, SignatureTerms terms, SigningKey key) {
        description().suffix(terms.encoding());
        var toBeSigned = RawFormat.toBeSigned(key.key().publicKey().scheme(), content);
        return new Signature(
                description().name(), terms.encoding(), key.sign(toBeSigned).bytes());
    }

    @Override
    public Bytes publish(KeyPublication publication) {
        var pem = PublicKeyPem.write(publication.key().key().publicKey());
        return Bytes.of(pem.getBytes(StandardCharsets.US_ASCII));
    }
}
