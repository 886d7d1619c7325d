// SPDX-License-Identifier: Apache-2.0
package dev.chancery.enclave.process;

import dev.chancery.core.ArtifactName;
import dev.chancery.core.Authority;
import dev.chancery.core.Bytes;
import dev.chancery.core.Encoding;
import dev.chancery.core.FormatName;
import dev.chancery.core.MalformedException;
import dev.chancery.core.Requester;
import dev.chancery.enclave.doors.DoorPlan;
import dev.chancery.enclave.sandbox.Confinement;
import dev.chancery.enclave.sandbox.Part;
import dev.chancery.enclave.sandbox.Sealing.Filter;
import dev.chancery.json.Json;
import dev.chancery.json.JsonObject;
import dev.chancery.key.KeyId;
import dev.chancery.protocol.SigningRequest;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// What an enclave's one configuration file says. See the package comment for the form.
public record EnclaveConfiguration(Sources sources, Audit audit, List<DoorPlan> doors, Sealing sealing) {
    /// Key directories of one enclave.
    private static final int STORES_MAX = 16;
    private static final int VOUCHERS_MAX = 64;
    private static final FormatName OPENPGP = new FormatName("openpgp");
    private static final ArtifactName STREAM = new ArtifactName("stream");

    /// Locked memory is what limits of most machines forbid; everything else is demanded.
    private static final Sealing USUAL = new Sealing(Filter.DENY_LIST, Set.of(Part.MEMORY_LOCK));

    /// Where decisions are recorded, and whether standard output gets a copy.
    public record Audit(Path file, boolean copy) {}

    /// What is read at the start and never again.
    ///
    /// @param life the ledgers of OpenPGP keys with cycles, where there are any
    public record Sources(Path rules, List<KeyStorePlan> keys, Optional<Path> life) {
        public Sources {
            keys = KeyStorePlan.requireApart(keys);
        }
    }

    /// How the process is sealed, and what of it this machine's kernel may lack.
    public record Sealing(Filter filter, Set<Part> mayBeMissing) {
        public Sealing {
            mayBeMissing = Set.copyOf(mayBeMissing);
        }

        /// What may be missing before the process is sealed.
        Set<Part> confinementMayLack() {
            return mayBeMissing.stream()
                    .filter(part -> part != Part.MEMORY_LOCK)
                    .collect(Collectors.toUnmodifiableSet());
        }
    }

    public EnclaveConfiguration {
        doors = DoorPlan.distinct(doors);
    }

    /// What the keys need after the seal.
    Confinement.Exemption exemption() {
        return sources.keys().getFirst().exemption();
    }

    /// Reads the file's content; paths in it are relative to `directory`.
    public static EnclaveConfiguration parse(Bytes file, Path directory) {
        return Json.parse(file, "configuration").object(object -> read(object, directory));
    }

    private static EnclaveConfiguration read(JsonObject object, Path directory) {
        object.integer("version", 1, 1);
        var rules = object.text("rules", text -> path(text, directory));
        var keys =
                object.list("keys", 1, STORES_MAX, value -> value.object(store -> KeyStorePlan.read(store, directory)));
        var life = object.optionalText("life", text -> path(text, directory));
        var audit = object.object(
                "audit",
                value -> new Audit(
                        value.text("file", text -> path(text, directory)), value.bool("copy_to_standard_output")));
        var doors =
                object.list("doors", 1, DoorPlan.DOORS_MAX, value -> value.object(door -> readDoor(door, directory)));
        var sealing = object.optional("sandbox")
                .map(value -> value.object(EnclaveConfiguration::readSealing))
                .orElse(USUAL);
        return object.check(() -> new EnclaveConfiguration(new Sources(rules, keys, life), audit, doors, sealing));
    }

    private static Sealing readSealing(JsonObject sandbox) {
        var filter =
                sandbox.optionalText("filter", EnclaveConfiguration::filter).orElse(USUAL.filter());
        var missing = sandbox.optional("may_be_missing")
                .map(value -> value.list(0, Part.values().length, part -> part.text(Part::acceptable)));
        return new Sealing(filter, missing.map(Set::copyOf).orElse(USUAL.mayBeMissing()));
    }

    private static Filter filter(String text) {
        return switch (text) {
            case "deny-list" -> Filter.DENY_LIST;
            case "allow-list" -> Filter.ALLOW_LIST;
            default -> throw MalformedException.value("filter", text, "is not deny-list or allow-list");
        };
    }

    private static DoorPlan readDoor(JsonObject door, Path directory) {
        var kind = door.text("kind");
        var socket = door.text("socket", text -> path(text, directory));
        int silence = door.optional("silence_seconds")
                .map(value ->
                        Math.toIntExact(value.integer(DoorPlan.SILENCE_SECONDS_MIN, DoorPlan.SILENCE_SECONDS_MAX)))
                .orElse(DoorPlan.SILENCE_SECONDS);
        return switch (kind) {
            case "request" -> {
                var vouchers = door.optional("vouchers")
                        .map(value -> value.list(0, VOUCHERS_MAX, voucher -> voucher.text(Requester::new)))
                        .orElse(List.of());
                yield new DoorPlan.RequestDoor(socket, silence, new HashSet<>(vouchers));
            }
            case "stream" -> readStreamDoor(door, socket, silence);
            case "signstar" -> new DoorPlan.SignstarDoor(socket, silence, target(door, OPENPGP), readGreeting(door));
            default -> throw MalformedException.value("kind of door", kind, "is not request, stream or signstar");
        };
    }

    private static DoorPlan readStreamDoor(JsonObject door, Path socket, int silence) {
        var target = target(door, door.text("format", FormatName::new));
        Optional<Encoding> encoding = door.optionalText("encoding", Encoding::parse);
        return new DoorPlan.StreamDoor(socket, silence, new DoorPlan.Signed(target, encoding), readGreeting(door));
    }

    private static SigningRequest.Target target(JsonObject door, FormatName format) {
        return new SigningRequest.Target(
                door.text("authority", Authority::new), format, door.optionalText("key", KeyId::new));
    }

    private static DoorPlan.Greeting readGreeting(JsonObject door) {
        var name = door.optionalText("artifact", ArtifactName::new).orElse(STREAM);
        return new DoorPlan.Greeting(name, door.text("conversation", EnclaveConfiguration::conversation));
    }

    private static boolean conversation(String text) {
        return switch (text) {
            case "plain" -> false;
            case "relay" -> true;
            default -> throw MalformedException.value("conversation", text, "is not plain or relay");
        };
    }

    private static Path path(String text, Path directory) {
        return new KeyStorePlan.Reading(directory).path(text);
    }
}
