// SPDX-License-Identifier: Apache-2.0
package dev.chancery.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Bundles before cosign, and cosign's before us; without any network.
class SigstoreIT {
    private static final String FILE = "image.raw";
    /// Signs with a key alone: neither a log nor an authority for certificates or times.
    private static final String NO_SERVICES =
            "{\"mediaType\":\"application/vnd.dev.sigstore.signingconfig.v0.2+json\"}";

    @TempDir
    private static Path root;

    private static Office office;

    @BeforeAll
    static void sign() throws IOException {
        office = Office.in(root);
        office.authority("p256", "sigstore", "ecdsa-p256");
        office.authority("rsa", "sigstore", "rsa-3072");
        office.authority("other", "sigstore", "ecdsa-p256");
        Files.writeString(work(FILE), "an image\n".repeat(10_000));
        Files.writeString(work("tampered"), "an Image\n".repeat(10_000));
        office.run("sign", FILE, "--as", "p256", "--as", "rsa").assertStatus(0);
        office.run("keyring", "export", "--for", "cosign", "keys").assertStatus(0);
    }

    private static Path work(String name) {
        return office.work().resolve(name);
    }

    private static Answer cosign(String key, String bundle, String file) {
        return cosign(StockTool.COSIGN, key, bundle, file);
    }

    private static Answer cosign(StockTool version, String key, String bundle, String file) {
        return version.run(
                office.work(),
                "verify-blob",
                "--new-bundle-format",
                "--trusted-root",
                "keys/trusted_root.json",
                "--insecure-ignore-tlog=true",
                "--key",
                "keys/" + key + ".cosign.pub",
                "--bundle",
                bundle,
                file);
    }

    @ParameterizedTest
    @ValueSource(strings = {"p256", "rsa"})
    void cosignAcceptsOursAndNothingDamaged(String authority) throws IOException {
        String bundle = FILE + "." + authority + ".sigstore.json";
        cosign(authority, bundle, FILE).assertStatus(0);
        cosign(authority, bundle, "tampered").assertFails();
        cosign("other", bundle, FILE).assertFails();
        cosign(authority, "missing.sigstore.json", FILE).assertFails();
        String changed = Damage.inField("signature", Files.readString(work(bundle)));
        Files.writeString(work("changed.json"), changed);
        cosign(authority, "changed.json", FILE).assertFails();
        office.run("verify", FILE, "--require", authority).assertStatus(0);
        office.run("verify", FILE, "--require", authority, "--signature", "changed.json")
                .assertStatus(1);
        office.run("verify", "tampered", "--require", authority, "--signature", bundle)
                .assertStatus(1)
                .assertSays("another digest");
        office.run("verify", FILE, "--require", "other", "--signature", bundle).assertStatus(1);
    }

    /// Version 2.5, which many have still.
    @ParameterizedTest
    @ValueSource(strings = {"p256", "rsa"})
    void cosign2AcceptsOursAndNothingDamaged(String authority) {
        String bundle = FILE + "." + authority + ".sigstore.json";
        cosign(StockTool.COSIGN_2, authority, bundle, FILE).assertStatus(0);
        cosign(StockTool.COSIGN_2, authority, bundle, "tampered").assertFails();
        cosign(StockTool.COSIGN_2, "other", bundle, FILE).assertFails();
    }

    @ParameterizedTest
    @ValueSource(strings = {"p256", "rsa"})
    void sigstoreJsAcceptsOursAndNothingDamaged(String authority) {
        String bundle = FILE + "." + authority + ".sigstore.json";
        sigstoreJs(authority, bundle, FILE).assertStatus(0).assertSays("accepted");
        sigstoreJs(authority, bundle, "tampered").assertFails();
        sigstoreJs("other", bundle, FILE).assertFails();
    }

    private static Answer sigstoreJs(String key, String bundle, String file) {
        return StockTool.SIGSTORE_JS.run(office.work(), "keys/" + key + ".cosign.pub", bundle, file);
    }

    @Test
    void weAcceptCosigns() throws IOException {
        Files.writeString(work("no-services.json"), NO_SERVICES);
        var password = Map.of("COSIGN_PASSWORD", "");
        run(password, "generate-key-pair", "--output-key-prefix", "theirs");
        run(
                password,
                "sign-blob",
                "--yes",
                "--key",
                "theirs.key",
                "--signing-config",
                "no-services.json",
                "--bundle",
                "theirs.json",
                FILE);
        Path keyring = Files.createDirectories(root.resolve("theirs"));
        Files.copy(work("theirs.pub"), keyring.resolve("theirs.sigstore.pem"));
        assertEquals(
                Map.of("theirs.json", "good theirs"),
                office.verify(keyring, "theirs", List.of(FILE, "--signature", "theirs.json")));
        assertEquals(
                Map.of("theirs.json", "other-content"),
                office.verify(keyring, "theirs", List.of("tampered", "--signature", "theirs.json")));
    }

    private static void run(Map<String, String> environment, String... arguments) {
        StockTool.COSIGN
                .run(office.work(), environment, new ArrayList<>(List.of(arguments)), "")
                .assertStatus(0);
    }
}
