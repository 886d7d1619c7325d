// SPDX-License-Identifier: Apache-2.0
package dev.chancery.cli.serving;

import dev.chancery.cli.files.OutputFiles;
import dev.chancery.cli.office.Office;
import dev.chancery.cli.terminal.HintedException;
import dev.chancery.core.Bytes;
import dev.chancery.core.RefusedException;
import dev.chancery.core.UnavailableException;
import dev.chancery.files.InputFiles;
import dev.chancery.json.Json;
import dev.chancery.json.JsonFields;
import dev.chancery.server.ServerConfiguration;
import dev.chancery.server.log.LogKey;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;

/// What a server on the local office is made of: see the package comment.
final class ServerDirectory {
    /// Bytes of the random part of a log's name: enough that no two offices have one.
    private static final int NAME_BYTES = 4;

    /// The folder of the policies that can be asked for by name: empty at first.
    private static final String POLICIES = "policies";

    private final Office office;
    private final Path directory;

    ServerDirectory(Office office) {
        this.office = office;
        this.directory = office.home().resolve("server");
    }

    Path path() {
        return directory;
    }

    Path configurationFile() {
        return directory.resolve("server.json");
    }

    Path enclaveFile() {
        return directory.resolve("enclave.json");
    }

    Path socket() {
        return directory.resolve("requests.sock");
    }

    Path firstTokenFile() {
        return directory.resolve("first-token");
    }

    /// Makes what is not there. `server.json` comes last: where it is, all is.
    void make(SecureRandom random) {
        if (Files.exists(configurationFile())) {
            return;
        }
        String passphrase = office.configuration().passphrase();
        if (!passphrase.startsWith("file:")) {
            throw new HintedException(
                    new RefusedException(
                            "passphrase-source", "an enclave cannot take its passphrase from " + passphrase),
                    "run the enclave by its own configuration, and the server with --config");
        }
        try {
            Files.createDirectories(
                    directory.resolve(POLICIES),
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        } catch (IOException e) {
            throw new UnavailableException("directory %s cannot be made".formatted(directory), e);
        }
        Path logKey = directory.resolve("log.pem");
        if (!Files.exists(logKey)) {
            LogKey.make(logKey, random);
        }
        var files = new OutputFiles(true);
        files.write(enclaveFile(), pretty(enclave(passphrase.substring("file:".length()))));
        files.write(configurationFile(), pretty(server(random)));
        files.commit();
    }

    private static Bytes pretty(Json json) {
        return Bytes.of(json.pretty().getBytes(StandardCharsets.UTF_8));
    }

    private Json enclave(String passphraseFile) {
        var keys = new JsonFields()
                .put("provider", "file")
                .put("directory", office.keyDirectory().toString())
                .put("passphrase", "file:" + office.home().resolve(passphraseFile));
        var door = new JsonFields()
                .put("kind", "request")
                .put("socket", socket().toString())
                .putTexts("vouchers", List.of("unix:" + System.getProperty("user.name", "unknown")));
        var audit = new JsonFields().put("file", office.auditFile().toString()).put("copy_to_standard_output", false);
        return new JsonFields()
                .put("version", 1)
                .put("rules", office.rulesFile().toString())
                .put("keys", List.of(keys.toJson()))
                .put("life", office.lifeDirectory().toString())
                .put("audit", audit.toJson())
                .put("doors", List.of(door.toJson()))
                .toJson();
    }

    /// The log's name is nobody's on the internet (`internal` is for private use) and no other office's.
    private Json server(SecureRandom random) {
        byte[] name = new byte[NAME_BYTES];
        random.nextBytes(name);
        String origin = "chancery-%s.internal".formatted(HexFormat.of().formatHex(name));
        var log = new JsonFields()
                .put("origin", origin)
                .put("url", "https://" + origin)
                .put("key", "log.pem")
                .put("tiles", "log");
        return new JsonFields()
                .put("version", 1)
                .put("name", "local")
                .put("http", new JsonFields().toJson())
                .put("tls", new JsonFields().toJson())
                .put("store", new JsonFields().put("sqlite", "store.db").toJson())
                .put("log", log.toJson())
                .putTexts("enclaves", List.of("requests.sock"))
                .put("keyring", "../keyring")
                .put("policies", POLICIES)
                .toJson();
    }

    ServerConfiguration configuration() {
        return read(configurationFile());
    }

    static ServerConfiguration read(Path file) {
        var content = InputFiles.read("configuration", file, Json.DOCUMENT_BYTES_MAX);
        Path parent = file.toAbsolutePath().getParent();
        return ServerConfiguration.parse(content, parent == null ? file : parent);
    }
}
