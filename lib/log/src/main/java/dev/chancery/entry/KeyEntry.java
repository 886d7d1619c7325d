// SPDX-License-Identifier: Apache-2.0
package dev.chancery.entry;

import dev.chancery.core.Authority;
import dev.chancery.core.Digest;
import dev.chancery.core.DigestAlgorithm;
import dev.chancery.core.FormatName;
import dev.chancery.core.MalformedException;
import dev.chancery.json.Json;
import dev.chancery.json.JsonFields;
import dev.chancery.json.JsonObject;
import dev.chancery.key.KeyId;
import java.time.Instant;
import java.util.Arrays;
import java.util.Locale;

/// Something happened to a key of an authority.
///
/// @param publicKey the SHA-256 of the public key file that is handed out from then on; after a revocation it
/// bears the revocation, where the format can say so
/// @param time of the event, in whole seconds
public record KeyEntry(Owned owned, Event event, Digest publicKey, Instant time) implements LogEntry {
    static final String KIND = "https://chancery.dev/log/key";

    private static final String VERSION = "1";

    /// Whose key it is, and for what.
    public record Owned(Authority authority, FormatName format, KeyId key) {}

    /// What happened.
    public enum Event {
        /// Signatures by it count from now on.
        ANNOUNCED,
        /// Its certificate says more than before: another end, another user ID, an administrator's certification.
        UPDATED,
        /// It signs from now on: the next entry by it is its first signature.
        ACTIVATED,
        /// Another key signs in its place, and no enclave has it in use; what it signed counts, until it expires.
        RELEASED,
        /// It will not sign any more; what it signed counts.
        RETIRED,
        /// Nothing that it signed counts unless it was logged before.
        REVOKED;

        static Event parse(String label) {
            return Arrays.stream(values())
                    .filter(event -> event.label().equals(label))
                    .findFirst()
                    .orElseThrow(() -> MalformedException.value("event", label, "is not known"));
        }

        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public KeyEntry {
        SignatureEntry.require(publicKey, DigestAlgorithm.SHA256);
        LogEntry.checked(time);
    }

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public String apiVersion() {
        return VERSION;
    }

    @Override
    public Json spec() {
        return new JsonFields()
                .put("at", time.getEpochSecond())
                .put("authority", owned.authority().name())
                .put("event", event.label())
                .put("format", owned.format().text())
                .put("key", owned.key().hex())
                .put("public_key_sha256", publicKey.hex())
                .toJson();
    }

    static KeyEntry read(JsonObject spec) {
        var owned = new Owned(
                spec.text("authority", Authority::new),
                spec.text("format", FormatName::new),
                spec.text("key", KeyId::new));
        return new KeyEntry(
                owned,
                spec.text("event", Event::parse),
                spec.text("public_key_sha256", SignatureEntry::sha256),
                LogEntry.time(spec, "at"));
    }
}
