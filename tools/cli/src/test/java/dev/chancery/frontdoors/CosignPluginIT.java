// SPDX-License-Identifier: Apache-2.0
package dev.chancery.frontdoors;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.chancery.interop.Answer;
import dev.chancery.interop.Office;
import dev.chancery.interop.StockTool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// `sigstore-kms-chancery`, which cosign starts for a key `chancery://…`.
class CosignPluginIT {
    @TempDir
    private static Path root;

    private static Office office;

    @BeforeAll
    static void makeOffice() throws IOException {
        office = Office.in(root);
        office.authority("build", "raw", "ecdsa-p256");
        office.authority("qa", "raw", "ecdsa-p256");
        Files.writeString(office.work().resolve("app.bin"), "an artifact\n".repeat(10_000));
        Files.writeString(office.work().resolve("other.bin"), "another artifact\n");
    }

    private static Answer cosign(StockTool tool, String... words) {
        var environment = new HashMap<>(office.environment());
        environment.merge("PATH", Office.PACKAGED.resolve("bin").toString(), (path, ours) -> ours + ":" + path);
        return tool.run(office.work(), environment, List.of(words), "");
    }

    @ParameterizedTest
    @EnumSource(
            value = StockTool.class,
            names = {"COSIGN", "COSIGN_2"})
    void cosignSignsByTheOffice(StockTool tool) throws IOException {
        var sign = new ArrayList<>(List.of("sign-blob", "--yes", "--key", "chancery://build/app.bin"));
        sign.addAll(List.of("--tlog-upload=false", "--output-signature", tool + ".sig"));
        if (tool == StockTool.COSIGN) {
            sign.addAll(List.of("--use-signing-config=false", "--new-bundle-format=false"));
        }
        sign.add("app.bin");
        cosign(tool, sign.toArray(String[]::new)).assertStatus(0);
        verify(tool, "chancery://build", "app.bin").assertStatus(0);
        verify(tool, office.pem("build").toString(), "app.bin").assertStatus(0);
        verify(tool, "chancery://build", "other.bin").assertFails();
        verify(tool, "chancery://qa", "app.bin").assertFails();
        String audit = office.run("audit", "list", "--authority", "build").output();
        assertEquals(true, audit.contains("app.bin"), audit);
    }

    @Test
    void itsBundlesAreTheOffices() {
        var words = List.of("--key", "chancery://build", "--bundle", "bundle.json");
        var sign = new ArrayList<>(List.of("sign-blob", "--yes", "--use-signing-config=false", "--tlog-upload=false"));
        sign.addAll(words);
        sign.add("app.bin");
        cosign(StockTool.COSIGN, sign.toArray(String[]::new)).assertStatus(0);
        var verify = new ArrayList<>(List.of("verify-blob", "--insecure-ignore-tlog=true"));
        verify.addAll(words);
        verify.add("app.bin");
        cosign(StockTool.COSIGN, verify.toArray(String[]::new)).assertStatus(0);
        verify.set(verify.size() - 1, "other.bin");
        cosign(StockTool.COSIGN, verify.toArray(String[]::new)).assertFails();
    }

    private static Answer verify(StockTool tool, String key, String file) {
        var words = new ArrayList<>(List.of("verify-blob", "--key", key, "--signature", tool + ".sig"));
        words.add("--insecure-ignore-tlog=true");
        words.add(file);
        return cosign(tool, words.toArray(String[]::new));
    }

    @Test
    void thePublicKeyIsTheOffices() throws IOException {
        assertEquals(
                Files.readString(office.pem("build")),
                cosign(StockTool.COSIGN, "public-key", "--key", "chancery://build")
                        .assertStatus(0)
                        .output());
        cosign(StockTool.COSIGN, "public-key", "--key", "chancery://nobody")
                .assertFails()
                .assertSays("the keyring has no key of authority nobody");
    }
}
