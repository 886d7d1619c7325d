// SPDX-License-Identifier: Apache-2.0
package dev.chancery.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.chancery.cli.TimestampServer;
import dev.chancery.files.StockKeys;
import dev.chancery.formats.Formats;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The commands of `docs/verify-without-chancery.md`, as they stand there.
class VerifyWithoutChanceryIT {
    private static final Path DOCUMENT = Path.of("../../docs/verify-without-chancery.md");
    private static final Pattern BLOCK = Pattern.compile("(?ms)^```sh\n(.*?)^```");
    private static final String FILE = "app.tar";
    private static final String LIST = "SHA256SUMS";
    private static final String TAG = "bundle.tag";
    private static final String MANIFEST = "manifest.json";

    @TempDir
    private static Path root;

    private static Office office;

    @BeforeAll
    static void sign() throws Exception {
        office = Office.in(root);
        var names = formats();
        var add = new ArrayList<>(List.of("authority", "add", "qa"));
        names.forEach(name -> add.addAll(List.of("--format", name)));
        office.run(add).assertStatus(0);
        office.authority("release", "raw", "ed25519");
        byte[] content = "an archive\n".repeat(1_000).getBytes(java.nio.charset.StandardCharsets.US_ASCII);
        Files.write(work(FILE), content);
        String sum =
                HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
        Files.writeString(work(LIST), sum + "  " + FILE + "\n");
        signStamped();
        office.run("sign", LIST, "--as", "release", "--per-authority").assertStatus(0);
        Files.writeString(
                work(MANIFEST),
                "{\"schemaVersion\":2,\"mediaType\":\"application/vnd.oci.image.manifest.v1+json\",\"layers\":[]}");
        office.run("sign", MANIFEST, "--as", "qa", "--per-authority", "--format", "notation")
                .assertStatus(0);
        office.run("attest", FILE, "--as", "qa", "--param", "job=42").assertStatus(0);
        office.run("tag", "create", "bundle", FILE, "--as", "qa", "--tags", ".").assertStatus(0);
        for (String tool : StockKeys.TOOLS) {
            office.run("keyring", "export", "--force", "--for", tool, "keys").assertStatus(0);
        }
    }

    /// The service is openssl too.
    private static void signStamped() {
        var sign = new ArrayList<>(List.of("sign", FILE, LIST, "--as", "qa", "--per-authority"));
        if (!StockTool.OPENSSL.isHere()) {
            office.run(sign).assertStatus(0);
            return;
        }
        try (var service = TimestampServer.in(root.resolve("service"))) {
            String certificate = service.certificate().toString();
            office.run("keyring", "import", certificate, "--as-timestamp-service")
                    .assertStatus(0);
            sign.addAll(List.of("--timestamp-service", service.url()));
            office.run(sign).assertStatus(0);
        }
    }

    private static List<String> formats() {
        return Formats.all(new dev.chancery.algorithms.BouncyCastleHashes()).list().stream()
                .map(format -> format.description().name().text())
                .toList();
    }

    private static Path work(String name) {
        return office.work().resolve(name);
    }

    static Stream<String> commands() throws IOException {
        return BLOCK.matcher(Files.readString(DOCUMENT))
                .results()
                .map(MatchResult::group)
                .map(VerifyWithoutChanceryIT::body);
    }

    private static String body(String block) {
        return block.substring(block.indexOf('\n') + 1, block.length() - "```".length());
    }

    @Test
    void everyFormatHasItsSection() throws IOException {
        String document = Files.readString(DOCUMENT);
        formats().forEach(name -> assertTrue(document.contains("\n## " + name + ": "), name));
    }

    @ParameterizedTest
    @MethodSource("commands")
    void theCommandTellsGoodFromBad(String command) throws IOException {
        tool(command).require();
        assertEquals(0, run(command).status(), () -> run(command).toString());
        Path artifact = work(artifact(command));
        byte[] content = Files.readAllBytes(artifact);
        byte[] changed = content.clone();
        changed[changed.length / 2] ^= 1;
        Files.write(artifact, changed);
        assertNotEquals(0, run(command).status(), "changed file");
        Files.write(artifact, content);
        Path signature = work(signature(command));
        byte[] signed = Files.readAllBytes(signature);
        Files.delete(signature);
        assertNotEquals(0, run(command).status(), "no signature");
        Files.write(signature, signed);
    }

    private static StockTool tool(String command) {
        return Stream.of(StockTool.values())
                .filter(tool -> ("\n" + command)
                        .contains("\n"
                                + tool.name().toLowerCase(java.util.Locale.ROOT).replace('_', '-') + " "))
                .findFirst()
                .orElseThrow();
    }

    private static String artifact(String command) {
        return Stream.of(TAG, MANIFEST, " " + LIST)
                .filter(command::contains)
                .findFirst()
                .map(String::strip)
                .orElse(FILE);
    }

    private static String signature(String command) {
        if (command.contains(TAG)) {
            return TAG; // the text and its signatures are one file
        }
        var name = Pattern.compile("(?:" + FILE + "|" + LIST + "|" + MANIFEST + ")\\.(?:qa|release)\\.\\S+")
                .matcher(command);
        assertTrue(name.find(), command);
        return name.group();
    }

    private static Answer run(String command) {
        return Answer.to(office.work(), StockTool.environment(office.work(), Map.of()), List.of("sh", "-c", command));
    }
}
