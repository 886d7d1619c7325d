// SPDX-License-Identifier: Apache-2.0
package dev.chancery.server.registry.manifest;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A package's name and version, as the name of its file says them: `nginx-1.2.0.zip`.
public record PackageId(String name, SemanticVersion version) {
    /// What ends the name of a package's file.
    public static final String SUFFIX = ".zip";

    /// Characters of a name.
    static final int NAME_CHARACTERS_MAX = 128;

    private static final Pattern FILE = Pattern.compile("([a-z0-9_]+)-(.+)\\.zip");

    /// Of a file's name; empty when it is not of that form at all. Throws `MalformedException` for a version that is
    /// none.
    public static Optional<PackageId> ofFile(String file) {
        Matcher parts = FILE.matcher(file);
        return parts.matches() && parts.group(1).length() <= NAME_CHARACTERS_MAX
                ? Optional.of(new PackageId(parts.group(1), SemanticVersion.parse(parts.group(2))))
                : Optional.empty();
    }

    /// Of the parts of a path; empty where no package can be called so. Throws as [#ofFile].
    public static Optional<PackageId> of(String name, String version) {
        return ofFile("%s-%s%s".formatted(name, version, SUFFIX))
                .filter(id -> id.name().equals(name));
    }

    /// `nginx-1.2.0.zip`.
    public String file() {
        return this + SUFFIX;
    }

    /// Where the package is downloaded.
    public String download() {
        return "/epr/%s/%s".formatted(name, file());
    }

    /// Where the package is described, without the slash at the end.
    public String path() {
        return "/package/%s/%s".formatted(name, version);
    }

    /// `nginx-1.2.0`.
    @Override
    public String toString() {
        return name + "-" + version;
    }
}
