// SPDX-License-Identifier: Apache-2.0
package dev.chancery.statement;

import dev.chancery.core.Digest;
import dev.chancery.core.DigestAlgorithm;
import dev.chancery.hashing.Measured;
import dev.chancery.json.Json;
import dev.chancery.json.JsonFields;
import dev.chancery.json.JsonObject;
import dev.chancery.json.JsonValue;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/// An artifact that a statement is about (in-toto `ResourceDescriptor`): known by its digests; the name is for people.
///
/// `digests` are those that we can compute; a subject may have others as well, or only others.
public record Subject(String name, Map<DigestAlgorithm, Digest> digests) {
    /// Digests of one subject that are read.
    private static final int DIGESTS_MAX = 16;

    public Subject {
        digests = Collections.unmodifiableMap(new EnumMap<>(digests));
    }

    public Subject(String name, Digest digest) {
        this(name, Map.of(digest.algorithm(), digest));
    }

    /// Whether this is the content: at least one digest is comparable, and all that are agree.
    boolean is(Measured content) {
        return !digests.isEmpty()
                && digests.entrySet().stream()
                        .allMatch(entry -> content.digest(entry.getKey()).equals(entry.getValue()));
    }

    Json toJson() {
        var digest = new JsonFields();
        digests.forEach((algorithm, value) -> digest.put(algorithm.label(), value.hex()));
        return new JsonFields().put("name", name).put("digest", digest.toJson()).toJson();
    }

    static Subject read(JsonObject subject) {
        String name = subject.optional("name").map(JsonValue::text).orElse("");
        for (String field : new String[] {"uri", "content", "downloadLocation", "mediaType", "annotations"}) {
            subject.optional(field);
        }
        return new Subject(name, digests(subject.required("digest")));
    }

    private static Map<DigestAlgorithm, Digest> digests(JsonValue set) {
        if (!(set.json() instanceof Json.Members members)
                || members.fields().isEmpty()
                || members.fields().size() > DIGESTS_MAX) {
            throw set.malformed("is not an object of 1 to %d digests".formatted(DIGESTS_MAX));
        }
        var digests = new EnumMap<DigestAlgorithm, Digest>(DigestAlgorithm.class);
        set.object(fields -> {
            members.fields()
                    .keySet()
                    .forEach(label -> fields.optional(label)
                            .ifPresent(value -> algorithm(label)
                                    .ifPresent(
                                            known -> digests.put(known, value.text(hex -> Digest.parse(known, hex))))));
            return fields;
        });
        return digests;
    }

    /// Empty for digests of other things than bytes (`gitCommit`) and those that are too weak (`sha1`).
    private static Optional<DigestAlgorithm> algorithm(String label) {
        return switch (label) {
            case "sha256" -> Optional.of(DigestAlgorithm.SHA256);
            case "sha384" -> Optional.of(DigestAlgorithm.SHA384);
            case "sha512" -> Optional.of(DigestAlgorithm.SHA512);
            default -> Optional.empty();
        };
    }
}
