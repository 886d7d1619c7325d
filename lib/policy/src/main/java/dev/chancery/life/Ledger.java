// SPDX-License-Identifier: Apache-2.0
package dev.chancery.life;

import dev.chancery.core.Authority;
import dev.chancery.core.Bytes;
import dev.chancery.core.MalformedException;
import dev.chancery.json.Json;
import dev.chancery.json.JsonFields;
import dev.chancery.json.JsonObject;
import dev.chancery.key.KeyId;
import dev.chancery.policy.Label;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;

/// What an office records of the OpenPGP keys of one authority, and by which of them it signs. The package
/// comment has the form of the file.
///
/// @param signing the handle of the key that signs; absent where none does
public record Ledger(
        Authority authority,
        Profile profile,
        CertificationPolicy certifications,
        List<Entry> entries,
        Optional<Signing> signing) {
    /// Keys of one authority: fifty years of cycles of half a year.
    public static final int KEYS_MAX = 100;

    private static final String SUBJECT = "ledger";

    /// The key that signs, by its handle, and until when it may.
    public record Signing(KeyId key, Optional<Instant> until) {}

    /// What was done with a key, and when.
    public record Uses(Optional<Instant> published, Optional<Instant> activated, Optional<Instant> released) {
        public static final Uses NONE = new Uses(Optional.empty(), Optional.empty(), Optional.empty());

        public Uses {
            boolean inOrder =
                    !(activated.isPresent() && published.isEmpty()) && !(released.isPresent() && activated.isEmpty());
            if (!inOrder) {
                throw new MalformedException(
                        "a key is published before it is activated, and that before it is" + " released");
            }
        }

        public Uses published(Instant now) {
            return new Uses(Optional.of(now), activated, released);
        }

        public Uses activated(Instant now) {
            return new Uses(published, Optional.of(now), Optional.empty());
        }

        public Uses released(Instant now) {
            return new Uses(published, activated, Optional.of(now));
        }
    }

    /// A signing key: its cycle, and under which certificate it is.
    public record Entry(KeyId key, Fingerprint certificate, Cycle cycle, Uses uses) {
        public Entry with(Uses other) {
            return new Entry(key, certificate, cycle, other);
        }

        private static Entry read(JsonObject object) {
            var key = object.text("key", KeyId::new);
            var certificate = object.text("certificate", Fingerprint::new);
            var cycle = object.object("cycle", Cycle::read);
            var published = object.optionalText("published", Cycle::instant);
            var activated = object.optionalText("activated", Cycle::instant);
            var released = object.optionalText("released", Cycle::instant);
            return object.check(() -> new Entry(key, certificate, cycle, new Uses(published, activated, released)));
        }

        private Json toJson() {
            var fields = new JsonFields()
                    .put("key", key.hex())
                    .put("certificate", certificate.hex())
                    .put("cycle", cycle.fields().toJson());
            uses.published().ifPresent(time -> fields.put("published", time.toString()));
            uses.activated().ifPresent(time -> fields.put("activated", time.toString()));
            uses.released().ifPresent(time -> fields.put("released", time.toString()));
            return fields.toJson();
        }
    }

    public Ledger {
        entries = List.copyOf(entries);
        if (entries.size() > KEYS_MAX) {
            throw new MalformedException("ledger has %d keys, more than %d".formatted(entries.size(), KEYS_MAX));
        }
        var keys = new HashSet<KeyId>();
        var names = new HashSet<Label>();
        for (var entry : entries) {
            if (!keys.add(entry.key()) || !names.add(entry.cycle().name())) {
                throw new MalformedException("ledger has key %s or cycle %s twice"
                        .formatted(entry.key(), entry.cycle().name()));
            }
        }
        if (signing.isPresent() && !keys.contains(signing.get().key())) {
            throw new MalformedException("ledger signs by key %s, which is not in it"
                    .formatted(signing.get().key()));
        }
    }

    public static Ledger parse(Bytes file) {
        return Json.parse(file, SUBJECT).object(Ledger::read);
    }

    private static Ledger read(JsonObject object) {
        object.integer("version", 1, 1);
        var authority = object.text("authority", Authority::new);
        var profile = object.text("profile", Profile::parse);
        var certifications = object.object("certifications", CertificationPolicy::read);
        var entries = object.list("keys", 0, KEYS_MAX, value -> value.object(Entry::read));
        var signing = object.optional("signing")
                .map(value -> value.object(one -> {
                    var key = one.text("key", KeyId::new);
                    var until = one.optionalText("until", Cycle::instant);
                    return new Signing(key, until);
                }));
        return object.check(() -> new Ledger(authority, profile, certifications, entries, signing));
    }

    public Bytes toBytes() {
        var fields = new JsonFields()
                .put("version", 1)
                .put("authority", authority.name())
                .put("profile", profile.label())
                .put("certifications", certifications.toJson())
                .put("keys", entries.stream().map(Entry::toJson).toList());
        signing.ifPresent(one -> {
            var handle = new JsonFields().put("key", one.key().hex());
            one.until().ifPresent(time -> handle.put("until", time.toString()));
            fields.put("signing", handle.toJson());
        });
        return Bytes.of(fields.toJson().pretty().getBytes(StandardCharsets.UTF_8));
    }

    public Optional<Entry> entry(Label cycle) {
        return entries.stream()
                .filter(entry -> entry.cycle().name().equals(cycle))
                .findFirst();
    }

    public Optional<Entry> entry(KeyId key) {
        return entries.stream().filter(entry -> entry.key().equals(key)).findFirst();
    }

    /// With this entry at the end, or in the place of that of the same key.
    public Ledger with(Entry added) {
        var changed = new ArrayList<Entry>();
        entries.forEach(entry -> changed.add(entry.key().equals(added.key()) ? added : entry));
        if (entry(added.key()).isEmpty()) {
            changed.add(added);
        }
        return new Ledger(authority, profile, certifications, changed, signing);
    }

    public Ledger with(CertificationPolicy other) {
        return new Ledger(authority, profile, other, entries, signing);
    }

    public Ledger signing(Optional<Signing> by) {
        return new Ledger(authority, profile, certifications, entries, by);
    }
}
