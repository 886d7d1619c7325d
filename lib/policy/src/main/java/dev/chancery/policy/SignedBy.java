// SPDX-License-Identifier: Apache-2.0
package dev.chancery.policy;

import dev.chancery.core.Authority;
import dev.chancery.core.FormatName;
import dev.chancery.core.Predicate;
import dev.chancery.json.Json;
import dev.chancery.json.JsonFields;
import dev.chancery.verification.VerifiedSignature;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// That an authority has signed in a format, or what it has stated: all that a requirement looks at. It proves nothing
/// by itself.
public record SignedBy(Authority authority, FormatName format, Optional<Predicate> predicate)
        implements Comparable<SignedBy> {
    /// A signature over the artifact itself.
    public SignedBy(Authority authority, FormatName format) {
        this(authority, format, Optional.empty());
    }

    public static SignedBy of(VerifiedSignature signature) {
        return new SignedBy(signature.authority(), signature.format(), signature.predicate());
    }

    Json toJson() {
        var fields = new JsonFields().put("authority", authority.name()).put("format", format.text());
        predicate.ifPresent(said -> fields.put("predicate_type", said.type()));
        return fields.toJson();
    }

    @Override
    public int compareTo(SignedBy other) {
        int byAuthority = authority.compareTo(other.authority);
        int byFormat = byAuthority != 0 ? byAuthority : format.compareTo(other.format);
        return byFormat != 0 ? byFormat : compare(predicate, other.predicate);
    }

    private static int compare(Optional<Predicate> one, Optional<Predicate> other) {
        return one.isPresent() && other.isPresent()
                ? one.get().compareTo(other.get())
                : Boolean.compare(one.isPresent(), other.isPresent());
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof SignedBy that
                && authority.equals(that.authority)
                && format.equals(that.format)
                && predicate.equals(that.predicate);
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
