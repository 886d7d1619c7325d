// SPDX-License-Identifier: Apache-2.0
package dev.chancery.robustness;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.chancery.interop.Answer;
import dev.chancery.interop.Office;
import dev.chancery.interop.StockTool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Disks that are full, directories that cannot be written, and kills at random moments: a clear error, no half
/// file.
class FailuresIT {
    /// Files that one run signs before it may be killed.
    private static final int FILES = 25;

    private static final int KILLS = 8 * Integer.getInteger("rounds", 1);

    @TempDir
    private static Path root;

    private static Office office;

    @BeforeAll
    static void makeOffice() {
        office = Office.in(root);
        office.run("authority", "add", "qa").assertStatus(0);
    }

    /// `ulimit -f`: the kernel refuses to let a file grow, as a full disk does; messages go by a pipe, which is
    /// none. The first file that would grow is that of the records.
    @Test
    void withoutARecordNothingIsSigned() throws IOException {
        Path folder = folder("limited");
        var shell = List.of("sh", "-c", "{ (ulimit -f 0; \"$@\"); echo status $?; } 2>&1 | cat", "sh");
        sign(shell, folder)
                .assertSays("cannot be written, so nothing is signed: File too large")
                .assertSays("status 5");
        assertOnlyTheArtifact(folder);
    }

    @Test
    void aFullDiskLeavesNothing() throws Exception {
        Path folder = folder("full");
        try (var disk = Disk.mounted(folder, "size=16k")) {
            Files.writeString(folder.resolve("file"), "content\n");
            fill(folder.resolve("filling"));
            sign(List.of(), folder).assertStatus(5).assertSays("No space left on device");
            Files.delete(folder.resolve("filling"));
            assertOnlyTheArtifact(folder);
            sign(List.of(), folder).assertStatus(0);
            assertTrue(disk.isMounted());
        }
    }

    private static void fill(Path file) {
        try {
            Files.write(file, new byte[1 << 20]);
        } catch (IOException full) {
            assertTrue(Files.exists(file));
        }
    }

    @Test
    void aDirectoryThatCannotBeWrittenStaysAsItIs() throws Exception {
        Path folder = folder("read-only");
        try (var disk = Disk.mounted(folder, "size=64k")) {
            Files.writeString(folder.resolve("file"), "content\n");
            disk.makeReadOnly();
            sign(List.of(), folder).assertStatus(5).assertSays("Read-only file system");
            assertOnlyTheArtifact(folder);
        }
    }

    @Test
    void aDirectoryThatIsNotThereIsNamed() {
        Path file = office.work().resolve("limited-none");
        office.run(
                        "sign",
                        "-",
                        "--as",
                        "qa",
                        "--format",
                        "openpgp",
                        "--output",
                        file.resolve("x").toString())
                .assertStatus(5)
                .assertSays("its directory does not exist");
        assertFalse(Files.exists(file));
    }

    private static Path folder(String name) throws IOException {
        Path folder = Files.createDirectories(office.work().resolve(name));
        Files.writeString(folder.resolve("file"), "content\n");
        return folder;
    }

    private static Answer sign(List<String> before, Path folder) {
        var command = new ArrayList<>(before);
        command.addAll(List.of(
                Office.PACKAGED.resolve("bin/chancery").toString(),
                "sign",
                folder.resolve("file").toString(),
                "--as",
                "qa"));
        var environment = new java.util.HashMap<>(office.environment());
        environment.put("CHANCERY_NO_CACHE", "1");
        return Answer.to(root, environment, command);
    }

    private static void assertOnlyTheArtifact(Path folder) throws IOException {
        assertEquals(List.of("file"), names(folder));
    }

    private static List<String> names(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    /// Whatever has the name of a signature is a whole one; what a kill leaves besides is hidden, and the next
    /// run does its work.
    @Test
    void aKillLeavesWholeSignaturesOnly() throws Exception {
        var random = new Random(1);
        var seen = new ArrayList<Integer>();
        for (int kill = 0; kill < KILLS; kill++) {
            Path folder = Files.createDirectories(office.work().resolve("kill" + kill));
            var files = new ArrayList<String>();
            for (int i = 0; i < FILES; i++) {
                files.add(Files.writeString(folder.resolve("f" + i), "content " + i)
                        .toString());
            }
            signAndKill(files, random);
            seen.add(assertWhole(folder));
            var again = new ArrayList<>(List.of("sign", "--force", "--as", "qa"));
            again.addAll(files);
            office.run(again).assertStatus(0);
            assertEquals(2 * FILES, assertWhole(folder));
        }
        System.out.println("signatures that were there after each kill: " + seen);
    }

    private static void signAndKill(List<String> files, Random random) throws Exception {
        var command =
                new ArrayList<>(List.of(Office.PACKAGED.resolve("bin/chancery").toString(), "sign", "--as", "qa"));
        command.addAll(files);
        var builder = new ProcessBuilder(command)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD);
        builder.environment().clear();
        builder.environment().putAll(office.environment());
        Process process = builder.start();
        // The script has become the JVM by exec, so this kills what writes.
        process.waitFor(100L + random.nextInt(1_500), TimeUnit.MILLISECONDS);
        process.destroyForcibly().waitFor();
    }

    /// The number of signatures; each of them verifies.
    private static int assertWhole(Path folder) throws IOException {
        var signed = names(folder).stream()
                .filter(name -> !name.startsWith(".") && name.contains("."))
                .toList();
        var artifacts = signed.stream()
                .map(name ->
                        folder.resolve(name.substring(0, name.indexOf('.'))).toString())
                .distinct()
                .toList();
        if (!artifacts.isEmpty()) {
            Map<String, String> findings = office.verify(office.keyring(), "qa", artifacts);
            assertEquals(signed.size(), findings.size());
            assertTrue(findings.values().stream().allMatch("good qa"::equals), findings.toString());
        }
        return signed.size();
    }

    /// A small file system in memory, where this user may mount one.
    private record Disk(Path folder) implements AutoCloseable {
        static Disk mounted(Path folder, String options) {
            int status = mount("-t", "tmpfs", "-o", options, "tmpfs", folder.toString());
            Assumptions.assumeTrue(status == 0, "this user may not mount a file system in memory");
            return new Disk(folder);
        }

        void makeReadOnly() {
            assertEquals(0, mount("-o", "remount,ro", folder.toString()));
        }

        boolean isMounted() throws IOException {
            return Files.getFileStore(folder).type().equals("tmpfs");
        }

        private static int mount(String... arguments) {
            var command = new ArrayList<>(List.of("mount"));
            command.addAll(List.of(arguments));
            return Answer.to(root, StockTool.environment(root, Map.of()), command)
                    .status();
        }

        @Override
        public void close() {
            Answer.to(root, StockTool.environment(root, Map.of()), List.of("umount", folder.toString()))
                    .assertStatus(0);
        }
    }
}
