// SPDX-License-Identifier: Apache-2.0
package dev.chancery.minisign;

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

/// Makes minisign's signatures, always over the digest.
public final class MinisignSigning implements SigningFormat {
    private static final byte[] PREHASHED = {'E', 'D'};

    @Override
    public FormatDescription description() {
        return MinisignFormat.DESCRIPTION;
    }

    @Override
    public Set<Measure> measures(Scheme scheme, Encoding encoding, Salt salt) {
        description().suffix(encoding);
        return Set.of(MinisignFormat.prehashed());
    }

    @Override
    public Signature sign(Measured content, SignatureTerms terms, SigningKey key) {
        description().suffix(terms.encoding());
        var numbered = NumberedKey.of(key.key().publicKey());
        byte[] value = signed(key, content.digest(MinisignFormat.PREHASH).bytes());
        // An artifact's name holds no control character, so it ends neither its field nor the line.
        String comment = "%s%d\tfile:%s\tauthority:%s"
                .formatted(
                        MinisignFormat.TIMESTAMP,
                        terms.now().getEpochSecond(),
                        terms.artifact(),
                        key.key().authority());
        byte[] globalValue = signed(key, joined(value, comment.getBytes(StandardCharsets.UTF_8)));
        String lines = CommentedLines.comment(
                        NumberedKey.UNTRUSTED, "signature by " + key.key().authority())
                + CommentedLines.base64(
                        joined(PREHASHED, joined(numbered.number().toArray(), value)))
                + CommentedLines.comment(MinisignFormat.TRUSTED, comment)
                + CommentedLines.base64(globalValue);
        return new Signature(description().name(), terms.encoding(), Bytes.of(lines.getBytes(StandardCharsets.UTF_8)));
    }

    private static byte[] signed(SigningKey key, byte[] message) {
        return key.sign(new ToBeSigned.OfMessage(Bytes.of(message))).bytes().toArray();
    }

    @Override
    public Bytes publish(KeyPublication publication) {
        var key = publication.key().key();
        return NumberedKey.of(key.publicKey()).write("minisign public key of " + key.authority());
    }
}
