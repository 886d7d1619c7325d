// SPDX-License-Identifier: Apache-2.0
package dev.chancery.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.SimpleFileServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Every command that the instructions give is run: with the good file it ends with 0, with another one it does
/// not.
class KeyringInstructionsTest {
    private static final Pattern BLOCK = Pattern.compile("(?ms)^```sh\n(.*?)\n```");
    private static final List<String> TOOLS = List.of("gpg", "openssl", "minisign");

    @TempDir
    private static Path root;

    private static Path work;

    @BeforeAll
    static void sign() throws IOException {
        work = Files.createDirectory(root.resolve("work"));
        run("init").assertStatus(0);
        run(
                        "authority",
                        "add",
                        "qa",
                        "--format",
                        "openpgp",
                        "--format",
                        "raw",
                        "--format",
                        "cms",
                        "--format",
                        "minisign")
                .assertStatus(0);
        Files.writeString(work.resolve("app.bin"), "artifact\n");
        run("sign", work.resolve("app.bin").toString(), "--as", "qa").assertStatus(0);
    }

    private static ServedOffice.Said run(String... words) {
        return ServedOffice.run(Map.of("CHANCERY_HOME", root.resolve("office").toString()), List.of(words));
    }

    private static int shell(String commands) throws IOException, InterruptedException {
        return new ProcessBuilder("sh", "-c", commands)
                .directory(work.toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start()
                .waitFor();
    }

    private static List<String> commands(String text) {
        return BLOCK.matcher(text)
                .results()
                .map((MatchResult found) -> found.group(1))
                .toList();
    }

    private static void assertCommandsTellGoodFromBad(String text) throws IOException, InterruptedException {
        var verifying = new ArrayList<String>();
        for (String command : commands(text)) {
            requireTool(command);
            assertEquals(0, shell(command), command);
            if (command.contains(" app.bin")) {
                verifying.add(command);
            }
        }
        assertEquals(5, verifying.size(), text);
        Files.writeString(work.resolve("app.bin"), "another\n");
        for (String command : verifying) {
            assertNotEquals(0, shell(command), command);
        }
        Files.writeString(work.resolve("app.bin"), "artifact\n");
    }

    private static void requireTool(String command) {
        String tool = command.substring(0, command.indexOf(' '));
        StockTool.require(tool.equals("mkdir") ? "curl" : tool);
    }

    @Test
    void whatIsPrintedIsRunWithTheKeysOfADirectory() throws IOException, InterruptedException {
        for (String tool : TOOLS) {
            run(
                            "keyring",
                            "export",
                            "--for",
                            tool,
                            "--force",
                            work.resolve("keys").toString())
                    .assertStatus(0);
        }
        var said = run("keyring", "instructions", "qa", "--artifact", "app.bin").assertStatus(0);
        for (String words :
                List.of("apt install ./qa-archive-keyring_", "rpmkeys -D", "pacman-key --lsign-key", "* = 0x")) {
            assertTrue(said.output().contains(words), said.output());
        }
        assertCommandsTellGoodFromBad(said.output());
    }

    /// A website with the paths of a server.
    @Test
    void whatIsPrintedIsRunWithTheKeysOfAServer() throws IOException, InterruptedException {
        Path site = root.resolve("site");
        for (String tool : TOOLS) {
            run(
                            "keyring",
                            "export",
                            "--for",
                            tool,
                            site.resolve("v1/keyring/for/" + tool).toString())
                    .assertStatus(0);
        }
        HttpServer server = SimpleFileServer.createFileServer(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), site, SimpleFileServer.OutputLevel.NONE);
        server.start();
        try {
            String url = "http://127.0.0.1:" + server.getAddress().getPort();
            var said = run("keyring", "instructions", "qa", "--artifact", "app.bin", "--url", url)
                    .assertStatus(0);
            assertTrue(shell("rm -rf keys") == 0 && !Files.exists(work.resolve("keys")));
            assertCommandsTellGoodFromBad(said.output());
        } finally {
            server.stop(0);
        }
    }

    @Test
    void whatAShellWouldTakeForMoreThanANameIsMalformed() {
        run("keyring", "instructions", "qa", "--artifact", "a;reboot").assertStatus(3);
        run("keyring", "instructions", "qa", "--artifact", "-x").assertStatus(3);
        run("keyring", "instructions", "qa", "--url", "https://x/$(reboot)").assertStatus(3);
        run("keyring", "instructions", "nobody").assertStatus(3);
    }
}
