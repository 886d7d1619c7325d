// SPDX-License-Identifier: Apache-2.0
package dev.chancery.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.chancery.core.Bytes;
import dev.chancery.desk.Desk;
import dev.chancery.json.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/// A local office, driven through the packaged command: what a user does.
public record Office(Path root) {
    /// What Maven packaged; the tests run in the module's directory.
    public static final Path PACKAGED = Path.of("target/chancery").toAbsolutePath();
    /// Maven's own repository with its plugins, for tests that run it: not for two builds at once.
    public static final String MAVEN_REPOSITORY = "target/maven-repository";

    /// Commands with a class path or a life of their own, as the launcher has it.
    private static final Set<String> PROCESSES =
            Set.of("serve", "witness", "token", "backup", "restore", "enclave", "relay", "demo", "man", "--help");

    public static Office in(Path root) {
        try {
            Files.createDirectories(root.resolve("work"));
            var office = new Office(root);
            office.run("init").assertStatus(0);
            return office;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// The command alone, with a home but no office.
    public static Office none(Path root) {
        try {
            Files.createDirectories(root.resolve("work"));
            return new Office(root);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Where the artifacts lie.
    public Path work() {
        return root.resolve("work");
    }

    public Map<String, String> environment() {
        // All tests share one start-up cache, which the first of them makes.
        return StockTool.environment(
                root,
                new HashMap<>(Map.of(
                        "CHANCERY_HOME", root.resolve("office").toString(),
                        "JAVA_HOME", System.getProperty("java.home"),
                        "XDG_CACHE_HOME", cache().toString())));
    }

    private static Path cache() {
        try {
            Path cache = Path.of("target/interop-cache").toAbsolutePath();
            Files.createDirectories(cache);
            Files.setPosixFilePermissions(cache, PosixFilePermissions.fromString("rwx------"));
            return cache;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public Answer run(String... arguments) {
        return run(List.of(arguments));
    }

    /// At the office's desk, or as a process what starts others or needs the server's libraries.
    public Answer run(List<String> arguments) {
        if (arguments.isEmpty() || PROCESSES.contains(arguments.getFirst())) {
            return process(arguments);
        }
        var done = Desk.in(work(), environment(), PACKAGED).run(arguments);
        return new Answer(command(arguments), done.status(), done.output(), done.errors());
    }

    /// As a process of its own, through the launcher.
    public Answer process(List<String> arguments) {
        return Answer.to(work(), environment(), command(arguments));
    }

    public Answer process(String... arguments) {
        return process(List.of(arguments));
    }

    private static List<String> command(List<String> arguments) {
        var command = new ArrayList<>(List.of(PACKAGED.resolve("bin/chancery").toString()));
        command.addAll(arguments);
        return command;
    }

    public void authority(String name, String format, String algorithm) {
        run("authority", "add", name, "--format", format, "--algorithm", algorithm)
                .assertStatus(0);
    }

    /// The public keys, as they are handed to somebody else.
    public Path keyring() {
        Path keyring = root.resolve("keyring");
        if (!Files.exists(keyring)) {
            run("keyring", "export", keyring.toString()).assertStatus(0);
            run("keyring", "export", "--for", "gpg", root.resolve("for-gpg").toString())
                    .assertStatus(0);
            run(
                            "keyring",
                            "export",
                            "--for",
                            "openssl",
                            root.resolve("for-openssl").toString())
                    .assertStatus(0);
        }
        return keyring;
    }

    /// The certificate of an authority, as packets.
    public Path certificate(String authority) {
        keyring();
        return root.resolve("for-gpg").resolve(authority + ".gpg");
    }

    /// The same, armored.
    public Path armoredCertificate(String authority) {
        return keyring().resolve(authority + ".openpgp.asc");
    }

    public Path pem(String authority) {
        keyring();
        return root.resolve("for-openssl").resolve(authority + ".pem");
    }

    /// Verifies with a keyring of files that were put there by hand, and tells why each signature counts or
    /// not: `good AUTHORITY` or a reason, by the name of the signature file.
    public Map<String, String> verify(Path keyring, String authority, List<String> arguments) {
        var all = new ArrayList<>(List.of("verify", "--json", "--keyring", keyring.toString(), "--require", authority));
        all.addAll(arguments);
        var answer = run(all);
        assertTrue(answer.status() <= 1, answer.toString());
        var findings = findings(answer.output());
        if (arguments.size() == 1 || arguments.get(1).startsWith("--")) {
            boolean good = findings.containsValue("good " + authority);
            assertEquals(good ? 0 : 1, answer.status(), answer.toString());
        }
        return findings;
    }

    private static Map<String, String> findings(String json) {
        var findings = new HashMap<String, String>();
        var document = Json.parse(Bytes.of(json.getBytes(StandardCharsets.UTF_8)), "answer")
                .json();
        for (Json verified : list(document, "verified")) {
            for (Json signature : list(verified, "signatures")) {
                boolean counts = ((Json.Bool) field(signature, "counts")).value();
                findings.put(
                        text(signature, "file"),
                        counts ? "good " + text(signature, "authority") : text(signature, "reason"));
            }
        }
        return findings;
    }

    private static Json field(Json object, String name) {
        return Objects.requireNonNull(((Json.Members) object).fields().get(name), name);
    }

    private static List<Json> list(Json object, String name) {
        return ((Json.Elements) field(object, name)).list();
    }

    private static String text(Json object, String name) {
        return ((Json.Text) field(object, name)).value();
    }
}
