// SPDX-License-Identifier: Apache-2.0
package dev.chancery.serving;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.chancery.interop.Answer;
import dev.chancery.interop.Office;
import dev.chancery.keys.file.Passphrase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// No command about keys, and no server, leaves a secret where somebody else reads it: not in a file, not in what it
/// says, not in the process list, the log or the audit chain.
class SecretsIT {
    private static final Pattern FINGERPRINT = Pattern.compile("fingerprint ([0-9A-F]{40})");

    @TempDir
    private Path root;

    private final List<String> said = new ArrayList<>();
    private final Map<Path, byte[]> files = new TreeMap<>();

    @Test
    void secretsStayWhereTheyBelong() throws Exception {
        var office = Office.none(root);
        Path home = root.resolve("office");
        try (var watch = new ProcessWatch()) {
            // A start without an office makes one, with a first token.
            RunningServer.start(office).close();
            live(office);
            serve(office);
            said.addAll(watch.seen());
            assertTrue(watch.seen().stream().anyMatch(line -> line.contains("\0key\0create\0")), "the watch sees");
            assertTrue(watch.seen().stream().anyMatch(line -> line.contains("CHANCERY_HOME=")), "the watch sees");
        }
        collect();
        List<Secret> secrets = secrets(office, home);
        // Passphrases, token, keys of log and TLS, two primary keys at least, and three that sign.
        assertTrue(secrets.size() >= 10, secrets::toString);
        for (var secret : secrets) {
            secret.assertFindable();
            said.forEach(text -> assertFalse(secret.isIn(text.getBytes(ISO_8859_1)), secret.name() + " was said"));
            files.forEach((file, content) ->
                    assertEquals(file.equals(secret.home()), secret.isIn(content), secret.name() + " in " + file));
        }
        for (var secret : secrets) {
            if (Files.exists(secret.home())) {
                assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(secret.home())));
            }
        }
    }

    private void run(Office office, String... words) {
        remember(office.process(words).assertStatus(0));
    }

    private void remember(Answer answer) {
        said.add(answer.output());
        said.add(answer.errors());
    }

    /// A key's life, in an office of files.
    private void live(Office office) throws IOException {
        var today = LocalDate.now(ZoneOffset.UTC);
        run(
                office,
                "key",
                "create",
                "packages",
                "--cycle",
                "c1",
                "--start",
                today.minusDays(1).toString(),
                "--end",
                today.plusDays(20).toString());
        run(office, "key", "rotate", "packages");
        Files.writeString(office.work().resolve("file"), "content\n");
        run(office, "sign", "file", "--as", "packages");
        run(office, "key", "rotate", "packages", "--cycle", "c2");
        run(
                office,
                "key",
                "extend",
                "packages",
                "--cycle",
                "c1",
                "--to",
                today.plusDays(60).toString());
        run(office, "key", "escrow", "check", "packages");
        run(office, "key", "share", "split", "packages", "--required", "2", "--shares", "2", "--output", "shares");
        run(
                office,
                "key",
                "share",
                "verify",
                "packages",
                share(office, 1).toString(),
                share(office, 2).toString());
        var asked = office.process("key", "request-certification", "packages", "--output", "request.asc");
        remember(asked.assertStatus(0));
        var fingerprint = FINGERPRINT.matcher(asked.output());
        assertTrue(fingerprint.find(), asked::toString);
        run(office, "authority", "add", "admin", "--format", "openpgp");
        run(
                office,
                "key",
                "certify",
                "request.asc",
                "--as",
                "admin",
                "--fingerprint",
                fingerprint.group(1),
                "--output",
                "certified.asc");
        run(office, "key", "show", "packages", "--json");
        run(office, "key", "revoke", "packages", "--cycle", "c2", "--reason", "compromised");
        run(office, "keyring", "export", "--for", "gpg", "keys");
        run(office, "audit", "verify", root.resolve("office/audit.jsonl").toString());
    }

    private static Path share(Office office, int number) throws IOException {
        Path folder = office.work().resolve("shares");
        try (var files = Files.newDirectoryStream(folder, "*share-%d-of-*".formatted(number))) {
            return files.iterator().next();
        }
    }

    /// The same office behind a server, which signs, takes a certificate, and makes a token.
    private void serve(Office office) throws IOException {
        try (var server = RunningServer.start(office)) {
            remember(server.shell("""
                    curl -f -H "Authorization: Bearer $TOKEN" -H 'Content-Type: text/plain' --data-binary hello \\
                        "$U/v1/signatures?authority=build&format=raw&artifact=hello"
                    curl -f "$U/KEYS"
                    curl -f "$U/metrics"
                    curl -f "$U/log/checkpoint"
                    curl -H 'Authorization: Bearer chancery_wrong' "$U/v1/artifacts/00"
                    """).assertStatus(0));
        }
    }

    private List<Secret> secrets(Office office, Path home) throws IOException {
        var secrets = new ArrayList<>(List.of(
                Secret.ofText(home.resolve("passphrase")),
                Secret.ofText(home.resolve("escrow-passphrase")),
                Secret.ofText(home.resolve("server/first-token")),
                Secret.ofShare(share(office, 1)),
                Secret.ofShare(share(office, 2))));
        try (var pems = Files.newDirectoryStream(home.resolve("server"), "*.pem")) {
            for (Path pem : pems) {
                if (Files.readString(pem).contains("PRIVATE KEY")) {
                    secrets.add(Secret.ofPem(pem));
                }
            }
        }
        for (String folder : List.of("keys", "primary")) {
            byte[] passphrase =
                    Files.readString(home.resolve("passphrase")).strip().getBytes(ISO_8859_1);
            try (var opening = Passphrase.owning(passphrase)) {
                secrets.addAll(Secret.ofKeys(home.resolve(folder), opening));
            }
        }
        return secrets;
    }

    /// All files of the office, of those who worked with it, and what was left in the place for what is temporary.
    private void collect() throws IOException {
        try (var all = Files.walk(root)) {
            for (Path file : all.filter(Files::isRegularFile).toList()) {
                files.put(file, Files.readAllBytes(file));
            }
        }
        assertTrue(files.containsKey(root.resolve("office/audit.jsonl")));
        assertTrue(files.keySet().stream().anyMatch(file -> file.startsWith(root.resolve("office/server/log"))));
    }
}
