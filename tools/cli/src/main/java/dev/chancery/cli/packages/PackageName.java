// SPDX-License-Identifier: Apache-2.0
package dev.chancery.cli.packages;

import dev.chancery.cli.terminal.UsageException;
import dev.chancery.core.MalformedException;
import dev.chancery.files.InputFiles;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;

/// What a package is called: `NAME-VERSION`.
record PackageName(String text) {
    private static final Pattern FORM = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._+~-]{0,199}");
    /// In which a package of Elastic's says its name and version.
    private static final String MANIFEST = "manifest.yml";
    /// Bytes.
    private static final int MANIFEST_BYTES_MAX = 1 << 20;

    PackageName {
        if (!FORM.matcher(text).matches()) {
            throw MalformedException.value(
                    "package name",
                    text,
                    "is not 1 to 200 letters, digits and ._+~-, of which the first is a letter or digit");
        }
    }

    /// What was said, else what `manifest.yml` says.
    static PackageName of(Path directory, Optional<String> called) {
        return new PackageName(
                called.orElseGet(() -> required(directory, "name") + "-" + required(directory, "version")));
    }

    private static String required(Path directory, String field) {
        return field(directory, field)
                .orElseThrow(() -> new UsageException(
                        "say --called NAME-VERSION: no %s in %s says its %s".formatted(MANIFEST, directory, field)));
    }

    /// A plain or quoted text in the first column. Whatever else YAML has is for others to read.
    private static Optional<String> field(Path directory, String field) {
        Path manifest = directory.resolve(MANIFEST);
        if (!Files.isRegularFile(manifest)) {
            return Optional.empty();
        }
        var line = Pattern.compile("(?m)^" + field + ":[ \\t]+([\"']?)([^\"'#\\s]+)\\1[ \\t]*(#.*)?$");
        byte[] bytes = InputFiles.read("manifest", manifest, MANIFEST_BYTES_MAX).toArray();
        var found = line.matcher(new String(bytes, StandardCharsets.UTF_8).replace("\r\n", "\n"));
        return found.find() ? Optional.of(found.group(2)) : Optional.empty();
    }

    @Override
    public String toString() {
        return text;
    }
}
