// SPDX-License-Identifier: Apache-2.0
package dev.chancery.server.registry;

import dev.chancery.core.MalformedException;
import dev.chancery.json.JsonObject;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;

/// What a configuration says of the registry.
///
/// @param packages the folder in which they lie
/// @param uploads empty where nothing is taken
public record RegistryPlan(Path packages, Optional<Uploads> uploads) {
    /// Bytes of a package, unless the configuration says otherwise.
    static final long PACKAGE_BYTES_USUAL = 1L << 30;
    /// What it may say.
    static final long PACKAGE_BYTES_MAX = 1L << 40;

    /// What is taken.
    ///
    /// @param policy a file that says whose signatures a package needs, by its name
    public record Uploads(Path policy, long packageBytesMax) {}

    /// Reads `{"packages":"packages","uploads":{"policy":"publishers.json"}}`; paths are relative to `directory`.
    public static RegistryPlan read(JsonObject plan, Path directory) {
        return new RegistryPlan(
                plan.text("packages", text -> path(text, directory)),
                plan.optional("uploads").map(value -> value.object(object -> uploads(object, directory))));
    }

    private static Uploads uploads(JsonObject uploads, Path directory) {
        return new Uploads(
                uploads.text("policy", text -> path(text, directory)),
                uploads.optional("package_bytes_max")
                        .map(value -> value.integer(1, PACKAGE_BYTES_MAX))
                        .orElse(PACKAGE_BYTES_USUAL));
    }

    private static Path path(String text, Path directory) {
        try {
            return directory.resolve(text).normalize();
        } catch (InvalidPathException e) {
            throw MalformedException.value("path", text, "is none");
        }
    }
}
