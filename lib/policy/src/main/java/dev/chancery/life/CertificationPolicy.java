// SPDX-License-Identifier: Apache-2.0
package dev.chancery.life;

import dev.chancery.core.MalformedException;
import dev.chancery.json.Json;
import dev.chancery.json.JsonFields;
import dev.chancery.json.JsonObject;
import java.util.Collection;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/// How many of which administrators have to have certified a key before it signs. With none required a key is
/// certified when it is made.
public record CertificationPolicy(int required, SortedSet<Fingerprint> administrators) {
    /// Administrators of one authority: more than know each other.
    public static final int ADMINISTRATORS_MAX = 64;

    public static final CertificationPolicy NONE = new CertificationPolicy(0, new TreeSet<>());

    public CertificationPolicy {
        administrators = java.util.Collections.unmodifiableSortedSet(new TreeSet<>(administrators));
        if (administrators.size() > ADMINISTRATORS_MAX || required < 0 || required > administrators.size()) {
            throw new MalformedException("%d of %d administrators cannot be required; there are at most %d"
                    .formatted(required, administrators.size(), ADMINISTRATORS_MAX));
        }
    }

    /// How many of the administrators are among those who certified, each counted once.
    public int count(Collection<Fingerprint> certifiers) {
        return (int) administrators.stream().filter(certifiers::contains).count();
    }

    public boolean isMetBy(Collection<Fingerprint> certifiers) {
        return count(certifiers) >= required;
    }

    static CertificationPolicy read(JsonObject object) {
        int required = (int) object.integer("required", 0, ADMINISTRATORS_MAX);
        List<Fingerprint> administrators =
                object.list("administrators", 0, ADMINISTRATORS_MAX, value -> value.text(Fingerprint::new));
        return object.check(() -> {
            var distinct = new TreeSet<>(administrators);
            if (distinct.size() != administrators.size()) {
                throw new MalformedException("one administrator stands there twice");
            }
            return new CertificationPolicy(required, distinct);
        });
    }

    Json toJson() {
        return new JsonFields()
                .put("required", required)
                .putTexts("administrators", administrators)
                .toJson();
    }
}
