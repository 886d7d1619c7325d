// SPDX-License-Identifier: Apache-2.0
package dev.chancery.processes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.chancery.core.Bytes;
import dev.chancery.interop.Answer;
import dev.chancery.interop.Office;
import dev.chancery.interop.StockTool;
import dev.chancery.json.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// "answers its version 1 JSON (208-byte SHA-512 state in, armored OpenPGP v4 out, with the data-digest
/// notation), refuses all its bad samples, so that an existing Signstar client works against us."
class SignstarIT {
    /// Where the public samples lie beside a checkout; they are not ours to copy.
    private static final Path SAMPLES =
            Path.of("../../../shared/vectors/signstar").toAbsolutePath();
    /// What the good sample's state is of.
    private static final String SAMPLE_CONTENT = "this is sample text";

    @TempDir
    private static Path root;

    private static Answer relay(Office office, Path request) {
        var environment = new HashMap<>(office.environment());
        environment.put("CHANCERY", Office.PACKAGED.resolve("bin/chancery").toString());
        var line = "\"$CHANCERY\" relay signstar.sock <" + request;
        return Answer.to(root, environment, List.of("sh", "-c", line));
    }

    @Test
    void theSamplesAreSignedAndRefused() throws IOException {
        Assumptions.assumeTrue(Files.isDirectory(SAMPLES), "the public samples are not beside this checkout");
        var office = Office.in(root);
        office.authority("release", "openpgp", "ed25519");
        RunningEnclave.configure(office, root, List.of(RunningEnclave.ME));
        Path file = root.resolve("enclave.json");
        Files.writeString(file, Files.readString(file).replace("\"doors\": [", """
                "doors": [{"kind": "signstar", "socket": "signstar.sock", "conversation": "relay",
                           "authority": "release", "artifact": "unnamed"},
                """));
        try (var enclave = RunningEnclave.start(office, root)) {
            var answer = relay(office, SAMPLES.resolve("sample-request.json")).assertStatus(0);
            var response = Json.parse(Bytes.of(answer.output().getBytes(StandardCharsets.UTF_8)), "response");
            String armor = response.object(object -> {
                assertEquals("1.0.0", object.text("version"));
                return object.text("signature");
            });
            Files.writeString(root.resolve("sample"), SAMPLE_CONTENT);
            Files.writeString(root.resolve("sample.asc"), armor);
            assertJudged(office);
            assertTrue(Files.readString(enclave.auditFile()).contains("\"artifact\":\"unnamed\""));
            try (var bad = Files.newDirectoryStream(SAMPLES, "bad-*.json")) {
                for (Path request : bad) {
                    assertEquals("", relay(office, request).assertStatus(3).output(), request.toString());
                }
            }
            assertEquals(1, Files.readAllLines(enclave.auditFile()).size());
        }
    }

    /// gpg shows the notation; what it holds is the content's SHA-512.
    private static void assertJudged(Office office) throws IOException {
        String keyring = office.certificate("release").toString();
        StockTool.GPGV
                .run(root, "--status-fd", "1", "--keyring", keyring, "sample.asc", "sample")
                .assertStatus(0)
                .assertSays("NOTATION_NAME data-digest@archlinux.org");
        StockTool.SQV.run(root, "--keyring", keyring, "sample.asc", "sample").assertStatus(0);
        Files.writeString(root.resolve("other"), SAMPLE_CONTENT + ".");
        StockTool.GPGV.run(root, "--keyring", keyring, "sample.asc", "other").assertFails();
    }
}
