// SPDX-License-Identifier: Apache-2.0
package dev.chancery.policy;

import dev.chancery.core.Authority;
import dev.chancery.core.FormatName;
import dev.chancery.json.Json;
import dev.chancery.json.JsonFields;
import dev.chancery.verification.VerifiedSignature;
import org.jspecify.annotations.Nullable;

/// That an authority has signed in a format: all that a requirement looks at. It proves nothing by itself.
public record SignedBy(Authority authority, FormatName format) implements Comparable<SignedBy> {
    public static SignedBy of(VerifiedSignature signature) {
        return new SignedBy(signature.authority(), signature.format());
    }

    Json toJson() {
        return new JsonFields()
                .put("authority", authority.name())
                .put("format", format.text())
                .toJson();
    }

    @Override
    public int compareTo(SignedBy other) {
        int byAuthority = authority.compareTo(other.authority);
        return byAuthority != 0 ? byAuthority : format.compareTo(other.format);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof SignedBy that && authority.equals(that.authority) && format.equals(that.format);
    }

    @Override
    public int hashCode() {
        return 31 * authority.hashCode() + format.hashCode();
    }

    @Override
    public String toString() {
        return authority + " (" + format + ")";
    }
}
