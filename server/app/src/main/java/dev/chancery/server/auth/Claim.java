// SPDX-License-Identifier: Apache-2.0
package dev.chancery.server.auth;

import dev.chancery.core.ArtifactName;
import dev.chancery.core.MalformedException;
import dev.chancery.json.Json;
import dev.chancery.json.JsonObject;
import dev.chancery.policy.NamePattern;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// What a token has to say in one claim.
///
/// A claim is named by its field (`repository`), or, within objects, by a JSON Pointer (RFC 6901:
/// `/kubernetes.io/namespace`). A text, a whole number, `true` and `false` are compared as they are written;
/// of an array, one element has to fit.
public record Claim(String name, Expected expected) {
    /// Characters of a name, and of what is expected.
    static final int CHARACTERS_MAX = 1_024;

    /// What has to stand there.
    public sealed interface Expected {
        boolean fits(String value);
    }

    /// Exactly this.
    public record Equals(String text) implements Expected {
        @Override
        public boolean fits(String value) {
            return value.equals(text);
        }
    }

    /// A text of this shape. Between its slashes it is a [NamePattern], and the value has as many slashes:
    /// `*` does not reach over one.
    public record Like(List<NamePattern> segments) implements Expected {
        static Like parse(String text) {
            return new Like(
                    Arrays.stream(text.split("/", -1)).map(NamePattern::new).toList());
        }

        @Override
        public boolean fits(String value) {
            String[] given = value.split("/", -1);
            if (given.length != segments.size()) {
                return false;
            }
            try {
                for (int i = 0; i < given.length; i++) {
                    if (!segments.get(i).matches(new ArtifactName(given[i]))) {
                        return false;
                    }
                }
                return true;
            } catch (MalformedException e) {
                // Between two slashes stands something that no pattern can be meant for: nothing, or control
                // characters.
                return false;
            }
        }
    }

    static Claim read(JsonObject object) {
        String name = object.text("claim", Claim::checkLength);
        Optional<Expected> exactly = object.optionalText("equals", text -> new Equals(checkLength(text)));
        Optional<Expected> shape = object.optionalText("like", text -> Like.parse(checkLength(text)));
        if (exactly.isPresent() == shape.isPresent()) {
            throw object.malformed("needs one of the fields equals and like");
        }
        return new Claim(name, exactly.or(() -> shape).orElseThrow());
    }

    private static String checkLength(String text) {
        if (text.isEmpty() || text.length() > CHARACTERS_MAX) {
            throw new MalformedException(
                    "text has %d characters, not 1 to %d".formatted(text.length(), CHARACTERS_MAX));
        }
        return text;
    }

    boolean holds(Json.Members claims) {
        return find(claims).map(this::fits).orElse(false);
    }

    private Optional<Json> find(Json.Members claims) {
        if (!name.startsWith("/")) {
            return Optional.ofNullable(claims.fields().get(name));
        }
        Json at = claims;
        for (String step : name.substring(1).split("/", -1)) {
            String field = step.replace("~1", "/").replace("~0", "~");
            if (!(at instanceof Json.Members members) || !members.fields().containsKey(field)) {
                return Optional.empty();
            }
            at = members.fields().getOrDefault(field, new Json.Null());
        }
        return Optional.of(at);
    }

    private boolean fits(Json value) {
        return switch (value) {
            case Json.Text text -> expected.fits(text.value());
            case Json.Whole whole -> expected.fits(Long.toString(whole.value()));
            case Json.Bool bool -> expected.fits(Boolean.toString(bool.value()));
            case Json.Elements elements ->
                elements.list().stream().anyMatch(element -> !(element instanceof Json.Elements) && fits(element));
            case Json.Members members -> false;
            case Json.Fraction fraction -> false;
            case Json.Null none -> false;
        };
    }
}
