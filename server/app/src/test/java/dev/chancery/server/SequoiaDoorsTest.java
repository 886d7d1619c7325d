// SPDX-License-Identifier: Apache-2.0
package dev.chancery.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.chancery.server.listener.StockTool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `sq network` at the key server's door.
class SequoiaDoorsTest {
    @TempDir
    private static Path directory;

    private static Server server;
    private static GnupgKey key;

    @BeforeAll
    static void start() throws IOException, InterruptedException {
        Files.createDirectory(directory.resolve("policies"));
        server = AwayServer.in(directory).server();
        key = GnupgKey.make(directory.resolve("home"), "QA <qa@example.org>");
        Files.write(directory.resolve("keyring/qa.openpgp.asc"), key.exported());
    }

    @AfterAll
    static void stop() throws IOException {
        server.close();
        key.close();
    }

    private static StockTool.Said search(String query, Path output) throws IOException, InterruptedException {
        return StockTool.run(
                "sq-trixie",
                "--home",
                directory.resolve("sequoia").toString(),
                "network",
                "keyserver",
                "search",
                "--server",
                "hkp://127.0.0.1:" + server.address().getPort(),
                "--output",
                output.toString(),
                query);
    }

    @Test
    void sequoiaFindsByPrimaryKeyBySubkeyAndByAddress() throws Exception {
        for (String query : List.of(key.fingerprint(), key.subkey(), "qa@example.org")) {
            Path found = directory.resolve(query + ".pgp");
            var said = search(query, found);
            assertEquals(0, said.exit(), said.text());
            var home = GnupgKey.nobody(directory.resolve("fetch-" + query));
            home.gpg("--import", found.toString());
            assertEquals(key.fingerprints(), home.fingerprints());
            home.close();
        }
    }

    @Test
    void sequoiaFindsNothingThatIsNotThere() throws Exception {
        var said = search("0123456789ABCDEF0123456789ABCDEF01234567", directory.resolve("nothing.pgp"));
        assertNotEquals(0, said.exit(), said.text());
        assertTrue(
                Files.notExists(directory.resolve("nothing.pgp")) || Files.size(directory.resolve("nothing.pgp")) == 0);
    }
}
