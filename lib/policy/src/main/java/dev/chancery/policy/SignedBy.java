// SPDX-License-Identifier: Apache-2.0
package dev.chancery.policy;

import dev.chancery.core.Authority;
import dev.chancery.core.FormatName;
import dev.chancery.json.Json;
import dev.chancery.json.JsonFields;
import dev.chancery.verification.VerifiedSignature;
import java.util.Comparator;

/// That an authority has signed in a format: all that a requirement looks at. It proves nothing by itself.
public record SignedBy(Authority authority, FormatName format) implements Comparable<SignedBy> {
    private static final Comparator<SignedBy> ORDER =
            Comparator.comparing(SignedBy::authority).thenComparing(SignedBy::format);

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
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return authority + " (" + format + ")";
    }
}
