// SPDX-License-Identifier: Apache-2.0
package dev.chancery.minisign;

import static dev.chancery.algorithms.NumberedKey.joined;

import dev.chancery.algorithms.CommentedLines;
import dev.chancery.algorithms.NumberedKey;
import dev.chancery.core.Bytes;
import dev.chancery.core.MalformedException;
import dev.chancery.hashing.Measure;
import dev.chancery.hashing.Measured;
import dev.chancery.key.SignatureValue;
import dev.chancery.key.ToBeSigned;
import java.util.Arrays;

/// The four lines of a signature file, taken apart.
///
/// @param prehashed whether the digest is signed (`ED`) or the content itself (`Ed`)
/// @param value the signature over the one or the other
/// @param globalValue the signature over `value` and the comment
record MinisignSignature(
        boolean prehashed, Bytes keyNumber, SignatureValue value, TrustedComment comment, SignatureValue globalValue) {
    private static final int ALGORITHM_BYTES = 2;
    private static final int VALUE_AT = ALGORITHM_BYTES + NumberedKey.NUMBER_BYTES;
    private static final int VALUE_BYTES = 64;

    static MinisignSignature parse(Bytes file) {
        var lines = new CommentedLines("minisign signature", file);
        lines.comment(NumberedKey.UNTRUSTED, NumberedKey.UNTRUSTED_BYTES_MAX);
        byte[] first = lines.base64(VALUE_AT + VALUE_BYTES);
        boolean prehashed = isPrehashed(first);
        var comment = TrustedComment.parse(lines.comment(MinisignFormat.TRUSTED, TrustedComment.BYTES_MAX));
        byte[] globalValue = lines.base64(VALUE_BYTES);
        lines.end();
        return new MinisignSignature(
                prehashed,
                Bytes.of(Arrays.copyOfRange(first, ALGORITHM_BYTES, VALUE_AT)),
                SignatureValue.of(Arrays.copyOfRange(first, VALUE_AT, first.length)),
                comment,
                SignatureValue.of(globalValue));
    }

    private static boolean isPrehashed(byte[] first) {
        if (first[0] != 'E' || (first[1] != 'D' && first[1] != 'd')) {
            throw new MalformedException("minisign signature is neither of the kind ED nor of the kind Ed");
        }
        return first[1] == 'D';
    }

    /// What has to be known of the content.
    Measure measure() {
        return prehashed ? MinisignFormat.prehashed() : Measure.content();
    }

    /// What the first signature is over.
    ToBeSigned overContent(Measured content) {
        return new ToBeSigned.OfMessage(
                prehashed ? Bytes.of(content.digest(MinisignFormat.PREHASH).bytes()) : content.content());
    }

    /// What the second one is over.
    ToBeSigned overComment() {
        byte[] message = joined(value.bytes().toArray(), comment.bytes().toArray());
        return new ToBeSigned.OfMessage(Bytes.of(message));
    }
}
