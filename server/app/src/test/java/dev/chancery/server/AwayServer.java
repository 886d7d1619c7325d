// SPDX-License-Identifier: Apache-2.0
package dev.chancery.server;

import dev.chancery.algorithms.BouncyCastleHashes;
import dev.chancery.core.Bytes;
import dev.chancery.server.log.LogKey;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;

/// A server on a free port, whose enclave is away and whose keyring is empty.
record AwayServer(Server server, ServerConfiguration configuration) {
    /// Starts it in a directory that has a folder `policies`.
    static AwayServer in(Path directory) throws IOException {
        return in(directory, "");
    }

    /// With a registry of no packages, which takes some.
    static AwayServer withRegistry(Path directory) throws IOException {
        Files.createDirectory(directory.resolve("packages"));
        Files.writeString(directory.resolve("publishers.json"), """
                {"version": 1, "name": "publishers", "rules": [{"artifacts": ["*.zip"], "require": "qa"}]}
                """);
        return in(directory, """
                , "registry": {"packages": "packages", "uploads": {"policy": "publishers.json"}}""");
    }

    /// The same with more fields in its configuration, each behind a comma.
    static AwayServer in(Path directory, String more) throws IOException {
        Files.createDirectory(directory.resolve("keyring"));
        LogKey.make(directory.resolve("log.pem"), new SecureRandom());
        var configuration =
                ServerConfiguration.parse(Bytes.of("""
                        {"version": 1, "name": "test", "http": {"port": 0}, "store": {"sqlite": "store.db"},
                         "log": {"origin": "log.example", "url": "https://log.example",
                                 "key": "log.pem", "tiles": "log"},
                         "enclaves": ["away.sock"], "keyring": "keyring", "policies": "policies"%s}
                        """.formatted(more).getBytes(StandardCharsets.UTF_8)), directory);
        var silent = new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
        var around = new Server.Surroundings(
                directory,
                Clock.systemUTC(),
                new SecureRandom(),
                new BouncyCastleHashes(),
                new ConsoleJournal(silent, silent));
        return new AwayServer(Server.start(configuration, around), configuration);
    }
}
