// SPDX-License-Identifier: Apache-2.0
package dev.chancery.keys.vault;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import dev.chancery.core.Bytes;
import dev.chancery.json.Json;
import dev.chancery.json.JsonFields;
import dev.chancery.json.JsonLimits;
import dev.chancery.keys.handle.SampleKeys;
import dev.chancery.keys.handle.SecretSource;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import org.junit.jupiter.api.Assumptions;

/// A real Vault in a folder of its own: `vault-judge`, whose source is in `src/test/vault`.
final class VaultServer implements AutoCloseable {
    private static final String PROGRAM = "vault-judge";

    private final Path folder;
    private Process process;

    private VaultServer(Path folder, Process process) {
        this.folder = folder;
        this.process = process;
    }

    /// Skips the test where the program is missing, or fails it where it must not be. The policy `chancery` is
    /// there, as `docs/key-providers.md` has it.
    static VaultServer startedIn(Path folder) {
        try {
            var server = new VaultServer(folder, start(folder));
            server.ask("POST", "sys/policies/acl/chancery", new JsonFields().put("policy", policy()));
            return server;
        } catch (IOException e) {
            if (System.getProperty("interop", "").equals("required")) {
                fail(PROGRAM + " is not on the path: enclave/keys/src/test/vault/build makes it", e);
            }
            Assumptions.abort(PROGRAM + " is not on the path: enclave/keys/src/test/vault/build makes it");
            throw new UncheckedIOException(e);
        }
    }

    private static Process start(Path folder) throws IOException {
        var process = new ProcessBuilder(PROGRAM, folder.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        var output = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        assertEquals("ready", output.readLine());
        return process;
    }

    /// The first block of HCL in the documents.
    private static String policy() throws IOException {
        String page = Files.readString(Path.of("../../docs/key-providers.md"));
        int from = page.indexOf("```hcl\n") + "```hcl\n".length();
        return page.substring(from, page.indexOf("```", from));
    }

    /// kill -9.
    void kill() {
        process.destroyForcibly();
        try {
            process.waitFor();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /// What was stored is there again.
    void restart() throws IOException {
        process = start(folder);
    }

    /// As root; the answer's fields.
    Json.Members ask(String method, String path, JsonFields body) {
        try {
            String json = body.toJson().line();
            String answer = SampleKeys.run(folder, PROGRAM, folder.toString(), method, path, json);
            assertTrue(answer.startsWith("0 "), answer);
            var bytes = Bytes.of(answer.substring(2).getBytes(StandardCharsets.UTF_8));
            return bytes.length() < 2
                    ? new JsonFields().toJson()
                    : (Json.Members) Json.parse(bytes, "answer", JsonLimits.foreign(bytes.length()))
                            .json();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    static String text(Json.Members from, String... path) {
        Json at = from;
        for (String step : path) {
            at = Objects.requireNonNull(((Json.Members) at).fields().get(step), step);
        }
        return ((Json.Text) at).value();
    }

    void seal() {
        ask("POST", "sys/seal", new JsonFields());
    }

    void unseal() throws IOException {
        ask("POST", "sys/unseal", new JsonFields().put("key", Files.readString(folder.resolve("unseal-key"))));
    }

    /// A token with the policy of the documents and nothing else.
    String newToken(String seconds) {
        var wish = new JsonFields()
                .putTexts("policies", List.of("chancery"))
                .put("no_default_policy", true)
                .put("ttl", seconds);
        return text(ask("POST", "auth/token/create", wish), "auth", "client_token");
    }

    void revoke(String token) {
        ask("POST", "auth/token/revoke", new JsonFields().put("token", token));
    }

    VaultAddress socket() {
        return new VaultAddress.Unix(folder.resolve("vault.sock"));
    }

    private int port(int number) {
        try {
            return Integer.parseInt(
                    Files.readString(folder.resolve("ports")).strip().split(" ", -1)[number]);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    VaultAddress plain() {
        return new VaultAddress.Loopback("127.0.0.1", port(0));
    }

    VaultAddress tls(String host) {
        return new VaultAddress.Tls(host, port(1));
    }

    Path anchors() {
        return folder.resolve("ca.pem");
    }

    static VaultKeys.Place place(VaultAddress address) {
        return new VaultKeys.Place(address, "transit", Optional.empty(), Optional.empty());
    }

    VaultKeys keys(Path handles, String token) {
        return keys(handles, place(socket()), () -> token(token));
    }

    static VaultKeys keys(Path handles, VaultKeys.Place place, Supplier<VaultLogin> login) {
        return new VaultKeys(handles, place, login, InstantSource.system());
    }

    static VaultLogin token(String token) {
        return new VaultLogin.OfToken(new SecretSource.OfPrompt(question -> Optional.of(token.toCharArray()), false));
    }

    /// A file of mode 0600, new or with other content.
    static Path secretFile(Path file, String content) throws IOException {
        if (!Files.exists(file)) {
            Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        }
        return Files.writeString(file, content + "\n");
    }

    /// Kills the process; the folder is JUnit's to remove.
    @Override
    public void close() {
        kill();
    }
}
