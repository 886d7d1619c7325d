// SPDX-License-Identifier: Apache-2.0
package dev.chancery.vault;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.chancery.core.Bytes;
import dev.chancery.interop.StockTool;
import dev.chancery.json.Json;
import dev.chancery.json.JsonFields;
import dev.chancery.json.JsonLimits;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;

/// A real Vault in a folder of its own, which ends with the test.
record RunningVault(Path folder, Process process) implements AutoCloseable {
    /// With the policy `chancery`, as `docs/key-providers.md` has it.
    static RunningVault in(Path folder) throws IOException {
        var vault = started(folder);
        String page = Files.readString(Path.of("../../docs/key-providers.md"));
        String policy = page.split("```hcl\n", -1)[1].split("```", -1)[0];
        vault.ask("POST", "sys/policies/acl/chancery", new JsonFields().put("policy", policy));
        return vault;
    }

    /// With what it stored before, and with another certificate.
    static RunningVault started(Path folder) throws IOException {
        StockTool.VAULT_JUDGE.require();
        Files.createDirectories(folder);
        var process = new ProcessBuilder("vault-judge", folder.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        var output = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        assertEquals("ready", output.readLine());
        return new RunningVault(folder, process);
    }

    /// As root.
    String ask(String method, String path, JsonFields body) {
        String json = body.toJson().line();
        return StockTool.VAULT_JUDGE
                .run(folder, folder.toString(), method, path, json)
                .assertStatus(0)
                .output();
    }

    String newToken() {
        var wish = new JsonFields().putTexts("policies", List.of("chancery")).put("no_default_policy", true);
        return ((Json.Text) field(field(parsed(ask("POST", "auth/token/create", wish)), "auth"), "client_token"))
                .value();
    }

    /// Every key gets another version.
    void rotate() {
        var listed = field(field(parsed(ask("GET", "transit/keys?list=true", new JsonFields())), "data"), "keys");
        for (Json name : ((Json.Elements) listed).list()) {
            ask("POST", "transit/keys/%s/rotate".formatted(((Json.Text) name).value()), new JsonFields());
        }
    }

    void unseal() throws IOException {
        ask("POST", "sys/unseal", new JsonFields().put("key", Files.readString(folder.resolve("unseal-key"))));
    }

    private static Json parsed(String answer) {
        var bytes = Bytes.of(answer.getBytes(StandardCharsets.UTF_8));
        return Json.parse(bytes, "answer", JsonLimits.foreign(bytes.length())).json();
    }

    private static Json field(Json object, String name) {
        return Objects.requireNonNull(((Json.Members) object).fields().get(name), name);
    }

    void kill() {
        process.destroyForcibly().onExit().join();
    }

    @Override
    public void close() {
        kill();
    }
}
