// SPDX-License-Identifier: Apache-2.0
package dev.chancery.signify;

import dev.chancery.algorithms.CommentedLines;
import dev.chancery.algorithms.NumberedKey;
import dev.chancery.core.Bytes;
import dev.chancery.core.MalformedException;
import dev.chancery.key.SignatureValue;
import java.util.Arrays;

/// The two lines of a signature file, taken apart.
record SignifySignature(Bytes keyNumber, SignatureValue value) {
    private static final int ALGORITHM_BYTES = 2;
    private static final int VALUE_AT = ALGORITHM_BYTES + NumberedKey.NUMBER_BYTES;
    private static final int VALUE_BYTES = 64;

    static SignifySignature parse(Bytes file) {
        var lines = new CommentedLines("signify signature", file);
        lines.comment(NumberedKey.UNTRUSTED, NumberedKey.UNTRUSTED_BYTES_MAX);
        byte[] value = lines.base64(VALUE_AT + VALUE_BYTES);
        if (value[0] != 'E' || value[1] != 'd') {
            throw new MalformedException("signify signature is not of the kind Ed");
        }
        lines.end();
        return new SignifySignature(
                Bytes.of(Arrays.copyOfRange(value, ALGORITHM_BYTES, VALUE_AT)),
                SignatureValue.of(Arrays.copyOfRange(value, VALUE_AT, value.length)));
    }
}
