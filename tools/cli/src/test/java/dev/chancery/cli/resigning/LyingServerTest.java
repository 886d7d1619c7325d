// SPDX-License-Identifier: Apache-2.0
package dev.chancery.cli.resigning;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.chancery.cli.ServedOffice;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `key resign` by a server that answers as it likes, before a true one.
class LyingServerTest {
    @TempDir
    private static Path root;

    private static ServedOffice office;
    private static String sigstore = "";
    private static String statement = "";

    @BeforeAll
    static void sign() throws IOException {
        office = ServedOffice.in(root);
        for (String name : List.of("one", "two")) {
            String file = office.file(name + ".txt", name).toString();
            sigstore = key(office.run("sign", file, "--as", "release", "--format", "sigstore", "--json"));
            statement = key(office.run("attest", file, "--as", "release", "--param", "a=" + name, "--json"));
        }
    }

    @AfterAll
    static void stop() {
        office.close();
    }

    private static String key(ServedOffice.Said said) {
        var key = Pattern.compile("\"key\": \"([0-9a-f]{64})\"")
                .matcher(said.assertStatus(0).output());
        assertEquals(true, key.find(), said::output);
        return key.group(1);
    }

    private static ServedOffice.Said resign(String old, UnaryOperator<String> path, UnaryOperator<String> answer)
            throws IOException {
        return new LyingServer(office, path, answer)
                .run("key", "resign", "--key", old, "--under", other(old), "--dry-run", "--json");
    }

    /// No key of the office: what is wrong about an answer shows before anybody asks for the successor.
    private static String other(String key) {
        return (key.charAt(0) == '0' ? '1' : '0') + key.substring(1);
    }

    @Test
    void anotherArtifactThanTheLogsIsNotSigned() throws IOException {
        String one = sha256("one");
        String two = sha256("two");
        var said =
                resign(sigstore, path -> path, text -> text.replace(one, two)).assertStatus(5);
        said.assertSays("the server has another artifact at entry 0 than the log");
        assertFalse(said.output().contains("outcome"), said::output);
    }

    @Test
    void anEntryThatTheServerDoesNotShowIsMissed() throws IOException {
        resign(sigstore, path -> path, text -> text.replace("\"entries\":[", "\"entries\":[],\"was\":["))
                .assertStatus(5);
        resign(sigstore, path -> path.replace("key=" + sigstore, "key=" + other(sigstore)), text -> text)
                .assertStatus(5)
                .assertSays("the server does not have entry 0 of the log on record");
    }

    @Test
    void pagesThatLeadNowhereEnd() throws IOException {
        resign(sigstore, path -> path, text -> text.replaceFirst("\\}\\s*$", ",\"next\":0}"))
                .assertStatus(5)
                .assertSays("does not lead to another page");
    }

    @Test
    void aTrueServerIsBelievedUpToTheKeyThatIsNotThere() throws IOException {
        for (String key : Map.of("a", sigstore, "b", statement).values()) {
            resign(key, path -> path, text -> text).assertStatus(4).assertSays("release");
        }
    }

    private static String sha256(String text) {
        try {
            return java.util.HexFormat.of()
                    .formatHex(java.security.MessageDigest.getInstance("SHA-256")
                            .digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (java.security.NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }
}
