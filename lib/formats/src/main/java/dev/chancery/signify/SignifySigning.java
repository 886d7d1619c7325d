// SPDX-License-Identifier: Apache-2.0
package dev.chancery.signify;

import static dev.chancery.algorithms.NumberedKey.joined;

import dev.chancery.algorithms.CommentedLines;
import dev.chancery.algorithms.NumberedKey;
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
import dev.chancery.key.ToBeSigned;
import java.nio.charset.StandardCharsets;
import java.util.Set;

/// Makes signify's signatures.
public final class SignifySigning implements SigningFormat {
    private static final byte[] ALGORITHM = {'E', 'd'};

    @Override
    public FormatDescription description() {
        return SignifyFormat.DESCRIPTION;
    }

    @Override
    public Set<Measure> measures(Scheme scheme, Encoding encoding, Salt salt) {
        description().suffix(encoding);
        return Set.of(Measure.content());
    }

    @Override
    public Signature sign(Measured content, SignatureTerms terms, SigningKey key) {
        description().suffix(terms.encoding());
        var numbered = NumberedKey.of(key.key().publicKey());
        byte[] value =
                key.sign(new ToBeSigned.OfMessage(content.content())).bytes().toArray();
        // signify(1) takes the key's name from this comment when it is given none.
        String comment = "verify with %s.pub".formatted(key.key().authority());
        String lines = CommentedLines.comment(NumberedKey.UNTRUSTED, comment)
                + CommentedLines.base64(
                        joined(ALGORITHM, joined(numbered.number().toArray(), value)));
        return new Signature(
                description().name(), terms.encoding(), Bytes.of(lines.getBytes(StandardCharsets.US_ASCII)));
    }

    @Override
    public Bytes publish(KeyPublication publication) {
        var key = publication.key().key();
        return NumberedKey.of(key.publicKey()).write("signify public key of " + key.authority());
    }
}
