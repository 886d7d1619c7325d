// SPDX-License-Identifier: Apache-2.0
package dev.chancery.server.transit;

import dev.chancery.core.Bytes;
import dev.chancery.core.MalformedException;
import java.util.Base64;
import java.util.regex.Pattern;

/// A signature as Vault writes it: `vault:vVERSION:BASE64`.
record TransitSignature(int version, Bytes value) {
    /// A version of at most four digits, and a signature of at most 1 KiB.
    private static final Pattern FORM = Pattern.compile("vault:v([1-9][0-9]{0,3}):([A-Za-z0-9+/=]{1,1400})");

    static TransitSignature parse(String text) {
        var matcher = FORM.matcher(text);
        if (!matcher.matches()) {
            throw MalformedException.value("signature", text, "is not vault:vVERSION:BASE64");
        }
        return new TransitSignature(
                Integer.parseInt(matcher.group(1)), TransitCall.base64("signature", matcher.group(2)));
    }

    @Override
    public String toString() {
        return "vault:v%d:%s".formatted(version, Base64.getEncoder().encodeToString(value.toArray()));
    }
}
