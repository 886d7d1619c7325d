// SPDX-License-Identifier: Apache-2.0
package dev.chancery.serving;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.chancery.interop.Office;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The drill: a server loses its store and the folder of its log, and goes on with the same log.
class BackupIT {
    private static final String SIGN = """
            curl -f -H "Authorization: Bearer $TOKEN" -H 'Content-Type: text/plain' \
                -H 'Idempotency-Key: %1$s' --data-binary %1$s \
                "$U/v1/signatures?authority=build&format=raw&artifact=%1$s" >%1$s.json
            jq .index %1$s.json
            """;

    @TempDir
    private static Path root;

    @Test
    void aServerComesBackFromItsBackupAndItsLogGoesOn() throws IOException {
        var office = Office.none(root);
        String key;
        try (var server = RunningServer.start(office)) {
            assertEquals(
                    "0\n", server.shell(SIGN.formatted("one")).assertStatus(0).output());
            assertEquals(
                    "1\n", server.shell(SIGN.formatted("two")).assertStatus(0).output());
            office.run("backup", "early").assertStatus(0);
            assertEquals(
                    "2\n", server.shell(SIGN.formatted("three")).assertStatus(0).output());
            office.run("backup", "late").assertStatus(0);
            office.run("backup", "late").assertStatus(3);
            key = server.shell("curl -f $U/log/key").assertStatus(0).output().strip();
        }
        Path late = office.work().resolve("late");
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(late)));
        office.run("restore", "late")
                .assertStatus(4)
                .assertSays("the store is not empty")
                .assertSays("out of the way");
        office.run("restore", "nothing").assertStatus(5).assertSays("it does not exist");
        Path directory = root.resolve("office/server");
        remove(directory, "store.db");
        office.run("restore", "early")
                .assertStatus(4)
                .assertSays("shows 3 entries and the backup has 2; nothing was restored");
        byte[] broken = Files.readAllBytes(late);
        broken[broken.length / 2] ^= 1;
        Files.write(office.work().resolve("broken"), broken);
        office.run("restore", "broken").assertStatus(3);
        office.run("restore", "late").assertStatus(0).assertSays("the store has 3 entries again");
        remove(directory, "log");
        try (var server = RunningServer.start(office)) {
            assertEquals(
                    "1\n", server.shell(SIGN.formatted("two")).assertStatus(0).output(), "answered before");
            assertEquals(
                    "3\n", server.shell(SIGN.formatted("four")).assertStatus(0).output());
        }
        office.run("log", "verify", directory.resolve("log").toString(), "--key", key)
                .assertStatus(0)
                .assertSays("4 entries");
    }

    /// A file with what SQLite keeps beside it, or a folder.
    private static void remove(Path directory, String name) throws IOException {
        try (var files = Files.walk(directory)) {
            for (Path file : files.filter(path -> isOf(directory.relativize(path), name))
                    .sorted(Comparator.reverseOrder())
                    .toList()) {
                Files.delete(file);
            }
        }
    }

    private static boolean isOf(Path path, String name) {
        String first = path.getName(0).toString();
        return first.equals(name) || first.startsWith(name + "-");
    }
}
