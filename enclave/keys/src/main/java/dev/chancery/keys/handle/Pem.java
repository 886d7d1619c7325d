// SPDX-License-Identifier: Apache-2.0
package dev.chancery.keys.handle;

import dev.chancery.core.MalformedException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/// Textual encoding of RFC 7468, in its strict form (section 3, figure 3): lines of 64, one line feed each.
public final class Pem {
    private static final int LINE_CHARACTERS = 64;

    private Pem() {}

    public static String encode(String label, byte[] der) {
        var lines = Base64.getMimeEncoder(LINE_CHARACTERS, new byte[] {'\n'});
        return begin(label) + new String(lines.encode(der), StandardCharsets.US_ASCII) + end(label);
    }

    public static byte[] decode(String label, String pem) {
        int from = begin(label).length();
        int to = pem.length() - end(label).length();
        if (from < to && pem.startsWith(begin(label)) && pem.endsWith(end(label))) {
            try {
                byte[] der = Base64.getDecoder().decode(pem.substring(from, to).replace("\n", ""));
                if (encode(label, der).equals(pem)) {
                    return der;
                }
            } catch (IllegalArgumentException notBase64) {
                // Falls through: there is one sentence for every fault of a PEM text.
            }
        }
        throw new MalformedException("text is not one " + label + " in PEM with lines of 64 characters");
    }

    private static String begin(String label) {
        return "-----BEGIN " + label + "-----\n";
    }

    private static String end(String label) {
        return "\n-----END " + label + "-----\n";
    }
}
