// SPDX-License-Identifier: Apache-2.0
package dev.chancery.cli.serving;

import dev.chancery.cli.files.OutputFiles;
import dev.chancery.core.Bytes;
import dev.chancery.core.UnavailableException;
import dev.chancery.json.JsonFields;
import dev.chancery.note.VerifierKey;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;

/// What a witness without a configuration is made of: see the package comment.
record WitnessDirectory(Path directory) {
    /// Bytes of the random part of a witness's name: enough that no two have one.
    private static final int NAME_BYTES = 4;
    /// Not the server's, which may be the same machine's.
    private static final int PORT = 8473;

    Path configurationFile() {
        return directory.resolve("witness.json");
    }

    /// Makes the configuration. The witness makes all else when it starts.
    void make(List<VerifierKey> logs, SecureRandom random) {
        byte[] name = new byte[NAME_BYTES];
        random.nextBytes(name);
        var configuration = new JsonFields()
                .put("version", 1)
                .put("name", "witness-%s.internal".formatted(HexFormat.of().formatHex(name)))
                .put("http", new JsonFields().put("port", PORT).toJson())
                .put("tls", new JsonFields().toJson())
                .put("key", "witness.pem")
                .put("state", "state")
                .putTexts("logs", logs)
                .toJson();
        try {
            Files.createDirectories(
                    directory, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        } catch (IOException e) {
            throw new UnavailableException("directory %s cannot be made".formatted(directory), e);
        }
        var files = new OutputFiles(false);
        files.write(configurationFile(), Bytes.of(configuration.pretty().getBytes(StandardCharsets.UTF_8)));
        files.commit();
    }
}
