// SPDX-License-Identifier: Apache-2.0
package dev.chancery.server.auth;

import dev.chancery.core.MalformedException;
import dev.chancery.json.JsonObject;
import dev.chancery.policy.Label;
import java.util.Locale;
import java.util.regex.Pattern;

/// Whose certificate names which caller: one alternative name (RFC 5280, section 4.2.1.6), compared character
/// by character.
public record CertificateRule(Name san, Label requester, Scopes scopes) {
    /// The kinds of names, and their numbers in a certificate.
    public enum Kind {
        EMAIL(1),
        DNS(2),
        URI(6);

        private final int tag;

        Kind(int tag) {
            this.tag = tag;
        }

        int tag() {
            return tag;
        }
    }

    /// A name of a kind: `dns:ci.example.org`, `uri:spiffe://example.org/ci`, `email:ci@example.org`.
    public record Name(Kind kind, String value) {
        private static final int CHARACTERS_MAX = 512;
        private static final Pattern DNS =
                Pattern.compile("(?=.{1,253}$)[a-z0-9]([a-z0-9-]*[a-z0-9])?(\\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*");
        private static final Pattern URI = Pattern.compile("[a-z][a-z0-9+.-]*:[!-~]+");
        private static final Pattern EMAIL = Pattern.compile("[!-?A-~]+@[a-z0-9.-]+");

        public Name {
            Pattern form = switch (kind) {
                case EMAIL -> EMAIL;
                case DNS -> DNS;
                case URI -> URI;
            };
            if (value.length() > CHARACTERS_MAX
                    || value.indexOf('*') >= 0
                    || !form.matcher(value).matches()) {
                throw MalformedException.value(
                        "name", value, "is not an exact " + kind + " name with its host in lower case");
            }
        }

        static Name parse(String text) {
            for (Kind kind : Kind.values()) {
                String prefix = kind.name().toLowerCase(Locale.ROOT) + ":";
                if (text.startsWith(prefix)) {
                    return new Name(kind, text.substring(prefix.length()));
                }
            }
            throw MalformedException.value("name", text, "does not begin with dns:, uri: or email:");
        }
    }

    static CertificateRule read(JsonObject object) {
        return new CertificateRule(
                object.text("san", Name::parse), object.text("requester", Label::new), Scopes.read(object));
    }
}
