// SPDX-License-Identifier: Apache-2.0
package dev.chancery.serving;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.chancery.interop.Office;
import dev.chancery.interop.StockTool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `chancery serve` where nothing was before, and then nothing of ours but what `curl` brings.
class ServeIT {
    @TempDir
    private static Path root;

    private static Office office;
    private static RunningServer server;

    @BeforeAll
    static void serve() throws IOException {
        office = Office.none(root);
        StockTool.CURL.require();
        // Policies are read when a server starts, and their folder is made when it first does.
        RunningServer.start(office).close();
        Files.writeString(office.root().resolve("office/server/policies/production.json"), POLICY);
        var added = "authority add ed --format raw --algorithm ed25519 --requester token:first";
        office.run(List.of(added.split(" "))).assertStatus(0);
        server = RunningServer.start(office);
        Path jar;
        try (var jars = Files.newDirectoryStream(Office.PACKAGED.resolve("lib"), "chancery-openpgp*.jar")) {
            jar = jars.iterator().hasNext() ? jars.iterator().next() : Office.PACKAGED.resolve("lib/chancery-cli.jar");
        }
        Files.copy(jar, office.work().resolve("app.jar"));
        for (String authority : new String[] {"build", "release"}) {
            server.shell(SIGN.formatted(authority, "openpgp") + " >" + authority + ".openpgp.json")
                    .assertStatus(0);
            server.shell(SIGN.formatted(authority, "raw") + " >" + authority + ".raw.json")
                    .assertStatus(0);
            server.shell(SIGN.formatted(authority, "sigstore") + " >" + authority + ".sigstore.json")
                    .assertStatus(0);
        }
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static final String SUMMARY = "https://slsa.dev/verification_summary/v1";

    private static final String POLICY = """
            {"version": 1, "name": "production", "rules": [
              {"artifacts": ["*.jar", "*.txt"],
                "require": {"all": [{"authority": "build", "formats": ["raw"]}, "release"]}},
              {"artifacts": ["*.jar"], "require": {"authority": "release",
                "predicate_type": "https://example.org/tested/v1", "params": {"passed": "true"}}}]}
            """;

    /// A file that is uploaded and signed; the answer is JSON.
    private static final String SIGN = "curl -f -H \"Authorization: Bearer $TOKEN\""
            + " -H 'Content-Type: application/octet-stream' --data-binary @app.jar"
            + " \"$U/v1/signatures?authority=%s&format=%s&artifact=app.jar\"";

    /// The jar as two authorities, by `curl`, and then `gpgv`, `openssl` and `cosign`, without a network.
    @Test
    void twoAuthoritiesSignAJarAndStockToolsVerifyItOffline() throws IOException {
        server.shell("""
                sum=$(sha256sum app.jar | cut -d' ' -f1)
                for who in build release; do
                    curl -f "$U/v1/keyring/for/gpg/$who.gpg" >$who.gpg
                    curl -f "$U/v1/keyring/for/openssl/$who.pem" >$who.pem
                    curl -f "$U/v1/keyring/for/cosign/$who.cosign.pub" >$who.pub
                    for format in openpgp raw sigstore; do
                        index=$(jq .index $who.$format.json)
                        curl -f "$U/v1/artifacts/$sum/$index/signature" >$who.$format
                        # A bundle has a proof in it, which is newer where it is asked for later.
                        test $format = sigstore ||
                            jq -r .signature $who.$format.json | base64 -d | cmp - $who.$format
                    done
                done
                curl -f "$U/log/trusted_root.json" >trusted_root.json
                """).assertStatus(0);
        for (String who : new String[] {"build", "release"}) {
            String other = who.equals("build") ? "release" : "build";
            gpgv(who, who).assertStatus(0);
            gpgv(who, other).assertFails();
            openssl(who, who).assertStatus(0);
            openssl(who, other).assertFails();
            cosign(who + ".pub", "trusted_root.json", who + ".sigstore").assertStatus(0);
            cosign(other + ".pub", "trusted_root.json", who + ".sigstore").assertFails();
        }
        // Another log's key: the proof is nobody's.
        String root = Files.readString(office.work().resolve("trusted_root.json"));
        int at = root.indexOf("\"rawBytes\": \"") + 40;
        char changed = root.charAt(at) == 'A' ? 'B' : 'A';
        Files.writeString(
                office.work().resolve("other_root.json"), root.substring(0, at) + changed + root.substring(at + 1));
        cosign("build.pub", "other_root.json", "build.sigstore").assertFails();
    }

    private static dev.chancery.interop.Answer gpgv(String who, String key) {
        return StockTool.GPGV.run(office.work(), "--keyring", "./" + key + ".gpg", who + ".openpgp", "app.jar");
    }

    private static dev.chancery.interop.Answer openssl(String who, String key) {
        return StockTool.OPENSSL.run(
                office.work(), "dgst", "-sha256", "-verify", key + ".pem", "-signature", who + ".raw", "app.jar");
    }

    private static dev.chancery.interop.Answer cosign(String key, String root, String bundle) {
        return StockTool.COSIGN.run(
                office.work(), "verify-blob", "--key", key, "--bundle", bundle, "--trusted-root", root, "app.jar");
    }

    /// Create and sign as oneself, add one's own signature, get the text only if all have signed: `curl` and
    /// `openssl`.
    @Test
    void theThreeCasesOfStags() throws IOException {
        server.shell("""
                auth="Authorization: Bearer $TOKEN"
                printf 'job: 42\\n' >text
                curl -f -H "$auth" --data-binary @text "$U/tags/bundle-1.0?authorities=build" >tag
                test "$(curl -f "$U/tags/bundle-1.0?authorities=build")" = 'job: 42'
                test "$(curl -o problem -w '%{http_code}' "$U/tags/bundle-1.0?authorities=build,release")" = 403
                jq -e '.rule == "tag-signatures"' problem
                test "$(curl -o problem -w '%{http_code}' -X PUT "$U/tags/bundle-1.0?authorities=release")" = 401
                curl -f -H "$auth" -X PUT "$U/tags/bundle-1.0?authorities=release" >tag
                test "$(curl -f "$U/tags/bundle-1.0?authorities=build,release")" = 'job: 42'
                test "$(curl -o problem -w '%{http_code}' "$U/tags/nothing?authorities=build")" = 404
                printf 'job: 43\\n' | curl -o problem -w '%{http_code}' -H "$auth" --data-binary @- \
                    "$U/tags/bundle-1.0?authorities=build" | grep -q 409
                # The same by openssl, of the file alone.
                curl -f "$U/tags/bundle-1.0/file" | cmp - tag
                sed '/^=== SIGNATURE /,$d' tag >payload
                for who in build release; do
                    curl -f "$U/v1/keyring/for/openssl/$who.tag.pem" >$who.tag.pem
                    sed -n "/^=== SIGNATURE $who\\$/,/^===/p" tag | grep -v ^=== | base64 -d >$who.tag.sig
                    openssl dgst -sha256 -verify $who.tag.pem -signature $who.tag.sig payload
                done
                # Without a place: sign what was sent, and say whether what was sent is signed.
                curl -f -H "$auth" --data-binary @payload "$U/sign?authority=build" >once
                test "$(curl -f --data-binary @once "$U/validate?authorities=build")" = 'job: 42'
                sed 's/42/43/' once >forged
                test "$(curl -o problem -w '%{http_code}' --data-binary @forged "$U/validate?authorities=build")" = 403
                """).assertStatus(0);
    }

    @Test
    void theLogSaysWhatAKeySignedAndProvesIt() throws IOException {
        server.shell("""
                key=$(jq -r .key build.openpgp.json)
                curl -f "$U/v1/log/entries?key=$key" >entries
                jq -e '[.entries[0].kind, .entries[1].kind] == ["key", "key"]' entries
                jq -e '.entries[2].artifacts[0].name == "app.jar"' entries
                jq -e '.entries[2] | has("requester") | not' entries
                curl -f -H "Authorization: Bearer $TOKEN" "$U/v1/log/entries?key=$key" >seen
                jq -e '.entries[2].requester == "token:first"' seen
                curl -f "$U/v1/log/entries?authority=release&limit=2" | jq -e '.entries | length == 2'
                curl -f "$U/log/checkpoint" >checkpoint
                size=$(sed -n 2p checkpoint)
                test "$size" -ge 6
                curl -f "$U/log/key" | grep -q "^$(sed -n 1p checkpoint)+"
                """).assertStatus(0);
        assertTrue(
                Files.readString(server.directory().resolve("log/checkpoint")).startsWith("chancery-"));
    }

    @Test
    void whoMayNotIsToldAndNothingIsSigned() throws IOException {
        server.shell("""
                code() { curl -o problem -w '%{http_code}' "$@"; }
                url="$U/v1/signatures?authority=build&format=raw&artifact=app.jar"
                type='Content-Type: application/octet-stream'
                test "$(code -H "$type" --data-binary @app.jar "$url")" = 401
                test "$(code -H "$type" -H 'Authorization: Bearer chy_x' --data-binary @app.jar "$url")" = 401
                "$CHANCERY" token add narrow --scope sign:release >narrow
                test "$(code -H "$type" -H "Authorization: Bearer $(cat narrow)" --data-binary @app.jar "$url")" = 403
                jq -e '.rule == "token-scope"' problem
                url="$U/v1/signatures?authority=release&format=raw&artifact=app.jar"
                test "$(code -H "$type" -H "Authorization: Bearer $(cat narrow)" --data-binary @app.jar "$url")" = 403
                jq -e '.rule == "no-signing-rule"' problem
                "$CHANCERY" token revoke narrow
                test "$(code -H "$type" -H "Authorization: Bearer $(cat narrow)" --data-binary @app.jar "$url")" = 401
                """).assertStatus(0);
    }

    /// One key, one signature, one entry.
    @Test
    void aRepeatedRequestHasTheSameAnswer() throws IOException {
        server.shell("""
                sum() { openssl dgst -"$1" -r app.jar | cut -d' ' -f1; }
                printf '{"authority":"build","format":"raw","encoding":"binary","artifact":"app.jar","size":%s,' \
                    "$(stat -c %s app.jar)" >request
                printf '"digests":{"sha256":"%s"},"states":[]}' "$(sum sha256)" >>request
                post() { curl -f -H "Authorization: Bearer $TOKEN" -H 'Content-Type: application/json' "$@" \
                    "$U/v1/signatures"; }
                post -H 'Idempotency-Key: 7' --data-binary @request >first
                post -H 'Idempotency-Key: 7' --data-binary @request >second
                cmp first second || { jq 'del(.receipt)' first >a; jq 'del(.receipt)' second >b; cmp a b; }
                sed 's/app.jar/other.jar/' request >other
                test "$(curl -o problem -w '%{http_code}' -H "Authorization: Bearer $TOKEN" \
                    -H 'Content-Type: application/json' -H 'Idempotency-Key: 7' --data-binary @other \
                    "$U/v1/signatures")" = 409
                """).assertStatus(0);
    }

    /// The command, which writes receipts beside what it writes; they are checked without a network.
    @Test
    void theCommandLineSignsABatchWithReceipts() throws IOException {
        server.shell("""
                export CHANCERY_SERVER="$U" CHANCERY_SERVER_CERTIFICATE="$CHANCERY_HOME/server/certificate.pem"
                for part in part1 part2 part3; do echo $part >$part; done
                CHANCERY_TOKEN="$TOKEN" "$CHANCERY" sign part1 part2 part3 --as build --format openpgp --format sigstore
                CHANCERY_TOKEN="$TOKEN" "$CHANCERY" attest part1 --as release --param job=42
                curl -f "$U/log/key" >log-key; curl -f "$U/log/trusted_root.json" >part_root.json
                curl -f "$U/v1/keyring/for/cosign/build.cosign.pub" >part.pub
                "$CHANCERY" verify part1 part2 --require build --log "$(cat log-key)" >verdict
                test "$(grep -c ', logged as entry ' verdict)" = 5
                "$CHANCERY" verify part1 --require release --param job=42 --log "$(cat log-key)"
                rm part3.asc.tlog-proof part3.sigstore.json.tlog-proof
                ! "$CHANCERY" verify part3 --require build --log "$(cat log-key)"
                "$CHANCERY" log verify "$U/log" --key "$(cat log-key)"
                (unset CHANCERY_SERVER_CERTIFICATE; "$CHANCERY" log verify "$U/log" || test $? = 5)
                CHANCERY_TOKEN=chy_wrong "$CHANCERY" sign part3 --as build --format raw || test $? = 4
                """).assertStatus(0);
        StockTool.COSIGN
                .run(
                        office.work(),
                        "verify-blob",
                        "--key",
                        "part.pub",
                        "--bundle",
                        "part2.sigstore.json",
                        "--trusted-root",
                        "part_root.json",
                        "part2")
                .assertStatus(0);
    }

    /// An Ed25519 key signs contents, which go to the server whole: 1 MiB each, 2,000,000 bytes of JSON together.
    @Test
    void contentsGoToTheServerWhole() throws IOException {
        server.shell("""
                export CHANCERY_SERVER="$U" CHANCERY_SERVER_CERTIFICATE="$CHANCERY_HOME/server/certificate.pem"
                export CHANCERY_TOKEN="$TOKEN"
                for n in 1 2 3; do { echo $n; head -c 1048574 /dev/zero; } >whole$n; done
                "$CHANCERY" sign whole1 whole2 whole3 --as ed --format raw
                "$CHANCERY" verify whole1 whole2 whole3 --require ed --log "$(curl -f "$U/log/key")"
                { cat whole1; echo; } >more
                "$CHANCERY" sign more --as ed --format raw 2>refusal || test $? = 3
                grep -q '1048576' refusal
                test ! -e more.raw.sig
                """).assertStatus(0);
    }

    /// What `chancery verify --policy` says of the files, the server says of the log; and an authority signs
    /// it.
    @Test
    void aPolicyOfTheServerJudgesAndAnAuthorityVouchesForIt() throws IOException {
        server.shell("""
                sum() { sha256sum "$@" | cut -d' ' -f1; }
                ask() { printf "{\\"sha256\\":\\"$(sum app.jar)\\",\\"artifact\\":\\"$1\\",%s}" "$2" |
                    curl -f -H 'Content-Type: application/json' -H "$auth" --data-binary @- "$U/v1/verifications"; }
                auth='X-Nothing: 1'; by='"policy":"production"'; as='"policy":"production","summary":{"as":"release"}'
                ask app.txt "$by" >verdict
                jq -e '.accepted and (.missing | length == 0)' verdict
                # The statement that the rule for jars asks for is not there yet.
                ask app.jar "$by" >verdict
                jq -e '.accepted | not' verdict
                test "$(jq -r '.missing[]' verdict)" = \
                    'release (stating "https://example.org/tested/v1", "passed" = "true")'
                jq -e '.judgement.rules | length == 2' verdict
                curl -f "$U/v1/policies/production" >production.json
                test "$(jq -r .policy_sha256 verdict)" = "$(sum production.json)"
                curl -f "$U/v1/policies" | jq -e '.policies[0].name == "production"'
                # Signed, it has failed; and once everything is there, passed.
                auth="Authorization: Bearer $TOKEN"
                ask app.jar "$as" >failed.json
                printf '{"authority":"release","artifacts":[{"name":"app.jar","sha256":"%s"}],%s}' \
                    "$(sum app.jar)" '"predicate_type":"https://example.org/tested/v1","predicate":{"passed":true}' |
                    curl -f -H "$auth" -H 'Content-Type: application/json' --data-binary @- "$U/v1/statements"
                ask app.jar "$as" >passed.json
                jq -e '.accepted' passed.json
                ask nothing.exe "$by" | jq -e '(.accepted | not) and (.sentence | contains("no rule"))'
                for verdict in failed passed; do
                    jq -r .summary.signature $verdict.json | base64 -d >$verdict.bundle
                    jq -r .dsseEnvelope.payload $verdict.bundle | base64 -d >$verdict.statement
                done
                jq -e '.predicate.verificationResult == "FAILED"' failed.statement
                jq -e '.predicate.verificationResult == "PASSED"' passed.statement
                jq -e '.predicate.inputAttestations | length == 5' passed.statement
                test "$(jq -r .predicate.policy.digest.sha256 passed.statement)" = "$(sum production.json)"
                curl -f "$U/v1/artifacts/$(sum app.jar)/$(jq .index build.raw.json)/signature?log=no" >input
                jq -r '.predicate.inputAttestations[].digest.sha256' passed.statement | grep -qx "$(sum input)"
                curl -f "$U/log/trusted_root.json" >vsa_root.json; curl -f "$U/log/key" >vsa-key
                curl -f "$U/v1/keyring/for/cosign/release.statement.cosign.pub" >vsa.pub
                curl -f "$U/v1/keyring/for/cosign/build.statement.cosign.pub" >other.pub
                jq -j .summary.receipt passed.json >app.jar.release.intoto.sigstore.json.tlog-proof
                cp passed.bundle app.jar.release.intoto.sigstore.json
                "$CHANCERY" verify app.jar --require release --predicate-type "$VSA" \
                    --param verificationResult=PASSED --param /policy/uri=urn:chancery:policy:production \
                    --log "$(cat vsa-key)"
                ! "$CHANCERY" verify app.jar --require release --predicate-type "$VSA" --param verificationResult=FAILED
                """.replace("$VSA", SUMMARY)).assertStatus(0);
        summary("vsa.pub", "passed.bundle", "app.jar").assertStatus(0);
        summary("vsa.pub", "failed.bundle", "app.jar").assertStatus(0); // it is signed, and says that it failed
        summary("other.pub", "passed.bundle", "app.jar").assertFails();
        summary("vsa.pub", "passed.bundle", "passed.json").assertFails();
    }

    private static dev.chancery.interop.Answer summary(String key, String bundle, String artifact) {
        return StockTool.COSIGN.run(
                office.work(),
                "verify-blob-attestation",
                "--key",
                key,
                "--bundle",
                bundle,
                "--trusted-root",
                "vsa_root.json",
                "--type",
                SUMMARY,
                artifact);
    }

    @Test
    void whetherItIsReadyIsSaid() throws IOException {
        var answer = server.shell("curl -f \"$U/readyz\"; curl -f \"$U/healthz\"; curl -f \"$U/metrics\"")
                .assertStatus(0);
        answer.assertSays("\"ready\":true")
                .assertSays("\"warnings\":[]")
                .assertSays("chancery_key_warnings 0\n")
                .assertSays("chancery_http_requests_total")
                .assertSays("chancery_ready 1\n")
                .assertSays("chancery_signatures_total{authority=\"release\",format=\"raw\",verdict=\"signed\"} ")
                .assertSays("chancery_signing_seconds_count{authority=\"build\",format=\"openpgp\"} ")
                .assertSays("chancery_key_expiry_timestamp_seconds{authority=\"build\",format=\"raw\",key=");
        assertEquals("", answer.errors());
    }
}
