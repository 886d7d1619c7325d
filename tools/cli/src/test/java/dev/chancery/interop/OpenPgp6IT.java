// SPDX-License-Identifier: Apache-2.0
package dev.chancery.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Version 6, to and fro: Sequoia's sqop and rPGP's rsop, which share no code, read ours, and we read theirs.
class OpenPgp6IT {
    private static final String FILE = "app.tar";
    private static final String ARMORED = FILE + ".openpgp6.asc";
    private static final String BINARY = FILE + ".openpgp6.sig";
    private static final String DOCUMENT = "notes.asc";

    @TempDir
    private static Path root;

    private static Office office;

    @BeforeAll
    static void sign() throws IOException {
        office = Office.in(root);
        Files.writeString(work(FILE), "0123456789abcdef".repeat(1_000_000));
        Files.writeString(work("notes"), "a line\n- a dash\n\nwithout an end");
        office.run("authority", "add", "qa", "--format", "openpgp6", "--format", "openpgp")
                .assertStatus(0);
        office.run("authority", "add", "other", "--format", "openpgp6").assertStatus(0);
        office.run("sign", FILE, "--as", "qa").assertStatus(0);
        office.run("sign", FILE, "--as", "qa", "--format", "openpgp6", "--encoding", "binary")
                .assertStatus(0);
        office.run(
                        "sign",
                        "notes",
                        "--as",
                        "qa",
                        "--format",
                        "openpgp6",
                        "--encoding",
                        "cleartext",
                        "--output",
                        DOCUMENT)
                .assertStatus(0);
        office.run("keyring", "export", "--for", "sop", "keys").assertStatus(0);
    }

    private static Path work(String name) {
        return office.work().resolve(name);
    }

    private static Answer judge(StockTool tool, Path input, String... arguments) {
        tool.require();
        String command = "exec \"$@\" < " + input.getFileName();
        var words = new java.util.ArrayList<>(List.of("sh", "-c", command, "sh"));
        words.add(tool == StockTool.RSOP ? "rsop" : "sqop-forky");
        words.addAll(List.of(arguments));
        return Answer.to(office.work(), StockTool.environment(office.work(), Map.of()), words);
    }

    private static boolean accepts(StockTool tool, String signature, String authority, Path file) {
        return judge(tool, file, "verify", signature, "keys/" + authority + ".openpgp6.asc")
                        .status()
                == 0;
    }

    private static Path written(String name, byte[] bytes) throws IOException {
        return Files.write(work(name), bytes);
    }

    @ParameterizedTest
    @EnumSource(names = {"SQOP_FORKY", "RSOP"})
    void othersAcceptWhatWeSignAndNothingElse(StockTool tool) throws IOException {
        assertEquals(true, accepts(tool, ARMORED, "qa", work(FILE)));
        assertEquals(true, accepts(tool, BINARY, "qa", work(FILE)));
        assertEquals(
                0,
                judge(tool, work(DOCUMENT), "inline-verify", "keys/qa.openpgp6.asc")
                        .status());
        assertEquals(false, accepts(tool, BINARY, "other", work(FILE)));
        assertEquals(false, accepts(tool, BINARY, "qa", work("notes")));
        byte[] signature = Files.readAllBytes(work(BINARY));
        int salt = signature.length - 64 - 32;
        byte[] otherSalt = signature.clone();
        otherSalt[salt] ^= 1;
        written("salt.sig", otherSalt);
        assertEquals(false, accepts(tool, "salt.sig", "qa", work(FILE)));
        byte[] shortSalt = signature.clone();
        shortSalt[salt - 1]--;
        written("short.sig", shortSalt);
        assertEquals(false, accepts(tool, "short.sig", "qa", work(FILE)));
        assertEquals(false, ourVerdict("qa", FILE, "salt.sig"));
        assertEquals(false, ourVerdict("qa", FILE, "short.sig"));
    }

    private static boolean ourVerdict(String authority, String file, String signature) {
        var answer = office.run("verify", file, "--require", authority, "--signature", signature);
        return answer.status() == 0;
    }

    @ParameterizedTest
    @EnumSource(names = {"SQOP_FORKY", "RSOP"})
    void weAcceptWhatOthersSignAndNothingElse(StockTool tool) throws IOException {
        String name = tool == StockTool.RSOP ? "rsop" : "sqop";
        made(tool, name + ".key", work(FILE), "generate-key", "--profile", "rfc9580", name + "@example.org");
        made(tool, name + ".cert", work(name + ".key"), "extract-cert");
        made(tool, name + ".asc", work(FILE), "sign", name + ".key");
        made(tool, name + ".txt", work("notes"), "inline-sign", "--as=clearsigned", name + ".key");
        office.run("keyring", "import", name + ".cert", "--as", name).assertStatus(0);
        assertEquals(true, ourVerdict(name, FILE, name + ".asc"));
        office.run("verify", name + ".txt", "--require", name).assertStatus(0);
        assertEquals(false, ourVerdict(name, "notes", name + ".asc"));
        assertEquals(false, ourVerdict("other", FILE, name + ".asc"));
        String text = Files.readString(work(name + ".txt"));
        Files.writeString(work(name + ".txt"), text.replace("a line", "a lime"));
        office.run("verify", name + ".txt", "--require", name).assertStatus(1);
    }

    private static void made(StockTool tool, String output, Path input, String... arguments) throws IOException {
        var answer = judge(tool, input, arguments);
        assertEquals(0, answer.status(), answer.toString());
        Files.writeString(work(output), answer.output());
    }

    /// One run made both versions; each is verified as what it is.
    @Test
    void bothVersionsStandBesideEachOther() {
        var answer = office.run("verify", FILE, "--require", "qa");
        answer.assertStatus(0);
        for (String line : List.of(
                FILE + ".asc  signed by qa (openpgp) at",
                ARMORED + "  signed by qa (openpgp6) at",
                BINARY + "  signed by qa (openpgp6) at")) {
            assertNotEquals(-1, answer.output().indexOf(line), answer.toString());
        }
    }
}
