// SPDX-License-Identifier: Apache-2.0
package dev.chancery.serving;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.chancery.interop.Answer;
import dev.chancery.interop.Office;
import dev.chancery.interop.StockTool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The server in Vault's place: what cosign has for `hashivault://`, which calls by Vault's own client; and curl.
class TransitIT {
    @TempDir
    private static Path root;

    private static Office office;
    private static RunningServer server;

    @BeforeAll
    static void start() throws IOException {
        office = Office.none(root);
        RunningServer.start(office).close();
        for (var one : List.of(List.of("rsa", "rsa-3072"), List.of("ed", "ed25519"))) {
            office.run(
                            "authority",
                            "add",
                            one.getFirst(),
                            "--format",
                            "raw",
                            "--algorithm",
                            one.getLast(),
                            "--requester",
                            "token:first")
                    .assertStatus(0);
        }
        server = RunningServer.start(office);
        Files.writeString(work("app.bin"), "an artifact\n".repeat(1_000));
        Files.writeString(work("other.bin"), "another artifact\n");
        server.shell("curl --fail $U/log/key >log.vkey").assertStatus(0);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static Path work(String name) {
        return office.work().resolve(name);
    }

    /// As whoever has this token.
    private static Answer judgeAs(String token, String... words) {
        var environment = new HashMap<>(office.environment());
        environment.put("VAULT_ADDR", server.url());
        environment.put(
                "VAULT_CACERT", server.directory().resolve("certificate.pem").toString());
        environment.put("VAULT_TOKEN", token);
        return StockTool.TRANSIT_JUDGE.run(office.work(), environment, List.of(words), "");
    }

    private static Answer judge(String... words) throws IOException {
        return judgeAs(server.token(), words);
    }

    private static Answer openssl(String authority, String signature, String file) {
        return StockTool.OPENSSL.run(
                office.work(),
                "dgst",
                "-sha256",
                "-verify",
                root.resolve("office/keyring/%s.raw.pem".formatted(authority)).toString(),
                "-signature",
                signature,
                file);
    }

    @ParameterizedTest
    @ValueSource(strings = {"build", "rsa"})
    void cosignsClientSignsByTheOffice(String authority) throws IOException {
        String key = "hashivault://" + authority;
        Answer printed = judge("public-key", key).assertStatus(0);
        assertEquals(
                Files.readString(root.resolve("office/keyring/%s.raw.pem".formatted(authority))), printed.output());
        String signature = authority + ".sig";
        judge("sign", key, "app.bin", signature).assertStatus(0);
        judge("verify", key, "app.bin", signature).assertStatus(0);
        judge("verify", key, "other.bin", signature).assertFails();
        openssl(authority, signature, "app.bin").assertStatus(0);
        openssl(authority, signature, "other.bin").assertFails();
        office.run("verify", "app.bin", "--signature", signature, "--require", authority)
                .assertStatus(0);
    }

    @Test
    void whoMayNotIsToldWhy() throws IOException {
        judgeAs("chy_nothing", "sign", "hashivault://build", "app.bin", "no.sig")
                .assertFails()
                .assertSays("Code: 403");
        judge("sign", "hashivault://nobody", "app.bin", "no.sig")
                .assertFails()
                .assertSays("authority nobody has none for raw signatures");
        // Ed25519 signs contents. This client gives digests for them, which nobody verifies: it refuses such a key.
        judge("sign", "hashivault://ed", "app.bin", "no.sig").assertFails();
        assertFalse(Files.exists(work("no.sig")));
    }

    /// What was signed by its digest is in the log, and its receipt proves it.
    @Test
    void everySignatureIsOnRecord() throws IOException {
        judge("sign", "hashivault://build", "app.bin", "app.bin.raw.sig").assertStatus(0);
        server.shell("""
                sum=$(sha256sum app.bin | cut -d' ' -f1)
                curl --fail "$U/v1/artifacts/$sum" >entries.json
                jq '[.entries[] | select(.format == "raw" and .authority == "build")][-1]' entries.json >entry.json
                index=$(jq .index entry.json)
                jq -e '.artifacts[0] | .name == "transit" and (has("size") | not)' entry.json
                curl --fail "$U/v1/artifacts/$sum/$index/receipt" >app.bin.raw.sig.tlog-proof
                curl --fail "$U/v1/artifacts/$sum/$index/signature" >app.bin.raw.sig
                """).assertStatus(0);
        String key = Files.readString(work("log.vkey")).strip();
        office.run("verify", "app.bin", "--require", "build", "--log", key).assertStatus(0);
        // The log knows no name of what came as a digest.
        Files.createDirectory(work("place"));
        var publish = List.of("publish", "app.bin", "--to", "place", "--require", "build", "--log", key);
        office.run(Stream.concat(publish.stream(), Stream.of("--named")).toArray(String[]::new))
                .assertStatus(1)
                .assertSays("name");
        office.run(publish.toArray(String[]::new)).assertStatus(0);
        Files.copy(work("app.bin.raw.sig.tlog-proof"), work("other.bin.raw.sig.tlog-proof"));
        judge("sign", "hashivault://build", "other.bin", "other.bin.raw.sig").assertStatus(0);
        office.run("verify", "other.bin", "--require", "build", "--log", key).assertFails();
        office.run("audit", "verify").assertStatus(0);
        String sum = server.shell("sha256sum app.bin").output().substring(0, 64);
        Answer recorded = office.run("audit", "list", "--digest", sum, "--authority", "build");
        recorded.assertStatus(0).assertSays("token:first").assertSays("transit");
    }

    /// What cosign's plugin does by this server: no keyring is here, only a token.
    @Test
    void thePluginOfCosignSignsByTheServerToo() throws IOException {
        server.shell("""
                export CHANCERY_SERVER="$U" CHANCERY_SERVER_CERTIFICATE="$CHANCERY_HOME/server/certificate.pem"
                export CHANCERY_TOKEN="$TOKEN" CHANCERY_HOME="$PWD/none"
                call='{"initOptions": {"protocolVersion": "v1", "keyResourceID": "build/plug.in", "hashFunc": 5},
                    "methodName": "signMessage", "signMessage": {"signOptions": null}}'
                sigstore="${CHANCERY%/*}/sigstore-kms-chancery"
                printf message >plug.in
                "$sigstore" v1 "$call" <plug.in | jq -r .signMessage.signature | base64 -d >plug.in.sig
                sum=$(sha256sum plug.in | cut -d' ' -f1)
                curl --fail "$U/v1/artifacts/$sum" >plugged.json
                jq -e '.entries[0].artifacts[0] | .name == "plug.in" and .size == 7' plugged.json
                ! CHANCERY_TOKEN=chy_wrong "$sigstore" v1 "$call" <plug.in >refused
                jq -e '.errorMessage | contains("credential")' refused
                """).assertStatus(0);
        openssl("build", "plug.in.sig", "plug.in").assertStatus(0);
    }

    /// As Vault's command line and scripts ask.
    @Test
    void callsAreVaults() throws IOException {
        server.shell("""
                V="$U/v1/transit"
                curl --fail "$V/keys?list=true" | jq -e '.data.keys == ["build", "ed", "release", "rsa"]'
                curl --fail "$V/keys/ed" | jq -e '.data.type == "ed25519" and .data.latest_version == 1'
                ask() { curl --fail-with-body -X "$1" -H "X-Vault-Token: $TOKEN" -d "$3" "$V/$2"; }
                ask PUT sign/ed '{"input": "aGVsbG8K"}' >ed.json
                printf '{"input": "aGVsbG8K", "signature": %s}' "$(jq .data.signature ed.json)" >signed.json
                ask POST verify/ed @signed.json | jq -e .data.valid
                sed 's/aGVsbG8K/aGVsbG9K/' signed.json >wrong.json
                ask POST verify/ed @wrong.json | jq -e '.data.valid == false'
                printf 'hello\n' >hello
                jq -r .data.signature ed.json | cut -d: -f3 | base64 -d >hello.sig
                """).assertStatus(0);
        StockTool.OPENSSL
                .run(
                        office.work(),
                        "pkeyutl",
                        "-verify",
                        "-pubin",
                        "-inkey",
                        root.resolve("office/keyring/ed.raw.pem").toString(),
                        "-rawin",
                        "-in",
                        "hello",
                        "-sigfile",
                        "hello.sig")
                .assertStatus(0);
    }

    @Test
    void aBatchHasAnAnswerForEach() throws IOException {
        server.shell("""
                ask() { curl -X PUT -H "X-Vault-Token: $TOKEN" -d "$2" "$U/v1/transit/$1"; }
                batch='{"batch_input": [{"input": "aGVsbG8K", "reference": "a"}, {"input": "d29ybGQK"}]}'
                ask sign/build/sha2-256 "$batch" >signed.json
                jq -e '.data.batch_results | length == 2 and .[0].reference == "a"' signed.json
                jq -e '.data.batch_results | all(.signature | startswith("vault:v1:"))' signed.json
                jq '{batch_input: [.data.batch_results[] | {input: "aGVsbG8K", signature}]}' signed.json >verify.json
                ask verify/build @verify.json | jq -e '[.data.batch_results[].valid] == [true, false]'
                ask sign/build/sha1 '{"input": "aGVsbG8K"}' | jq -e '.errors[0] | contains("sha1")'
                ask sign/rsa '{"input": "aGVsbG8K"}' | jq -e '.errors[0] | contains("pkcs1v15")'
                hash=$(printf 'hello\\n' | openssl dgst -sha256 -binary | base64)
                prehashed=$(printf '{"input": "%s", "prehashed": true}' "$hash")
                ask sign/ed "$prehashed" | jq -e '.errors[0] | contains("nothing prehashed")'
                ask sign/build '{"input": "aGVsbG8K", "key_version": 2}' | jq -e '.errors[0] | contains("1 to 1")'
                """).assertStatus(0);
    }
}
