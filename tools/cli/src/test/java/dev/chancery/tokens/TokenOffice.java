// SPDX-License-Identifier: Apache-2.0
package dev.chancery.tokens;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/// An office with a token of its own, driven through the packaged command as a process.
record TokenOffice(Path root) {
    static final String TOKEN = "release";
    static final Path COMMAND = Path.of("target/chancery/bin/chancery").toAbsolutePath();
    private static final String PIN = "12345678";
    private static final List<Path> MODULES = List.of(
            Path.of("/usr/lib/softhsm/libsofthsm2.so"),
            Path.of("/usr/lib64/pkcs11/libsofthsm2.so"),
            Path.of("/usr/lib/pkcs11/libsofthsm2.so"));

    record Answer(List<String> command, int status, String output) {
        Answer assertStatus(int expected) {
            assertEquals(expected, status, toString());
            return this;
        }

        Answer assertFails() {
            assertNotEquals(0, status, toString());
            return this;
        }

        Answer assertSays(String words) {
            assertTrue(output.contains(words), () -> "says not \"" + words + "\": " + this);
            return this;
        }
    }

    static TokenOffice in(Path root) throws IOException {
        var office = new TokenOffice(root);
        Files.createDirectories(office.work());
        Files.createDirectories(office.tokens());
        Files.writeString(root.resolve("softhsm2.conf"), "directories.tokendir = %s\n".formatted(office.tokens()));
        office.tool("softhsm2-util", "--init-token", "--free", "--label", TOKEN, "--so-pin", PIN, "--pin", PIN)
                .assertStatus(0);
        office.run("init").assertStatus(0);
        office.pin(PIN);
        return office;
    }

    /// Skips the test where SoftHSM2 is missing, or fails it where it must not be.
    static Path module() {
        return MODULES.stream()
                .filter(Files::exists)
                .findFirst()
                .orElseGet(() -> missing("libsofthsm2.so is not installed: it is in the package softhsm2"));
    }

    /// The same for the tools that judge.
    static void require(String... tools) {
        for (String tool : tools) {
            boolean here = Stream.of(System.getenv("PATH").split(":", -1))
                    .anyMatch(folder -> Files.isExecutable(Path.of(folder, tool)));
            if (!here) {
                missing(tool + " is not installed");
            }
        }
    }

    private static Path missing(String complaint) {
        if (System.getProperty("interop", "").equals("required")) {
            fail(complaint);
        }
        Assumptions.abort(complaint);
        return Path.of("");
    }

    Path work() {
        return root.resolve("work");
    }

    Path home() {
        return root.resolve("office");
    }

    Path tokens() {
        return root.resolve("tokens");
    }

    Path work(String name) {
        return work().resolve(name);
    }

    void pin(String pin) throws IOException {
        Path file = home().resolve("pin");
        Files.deleteIfExists(file);
        Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(file, pin + "\n");
    }

    void rightPin() throws IOException {
        pin(PIN);
    }

    void unplug() throws IOException {
        Files.move(tokens(), root.resolve("away"));
        Files.createDirectories(tokens());
    }

    void plugIn() throws IOException {
        Files.delete(tokens());
        Files.move(root.resolve("away"), tokens());
    }

    Answer run(String... arguments) {
        var command = new ArrayList<String>();
        command.add(COMMAND.toString());
        command.addAll(List.of(arguments));
        return answer(command);
    }

    Answer tool(String... command) {
        return answer(List.of(command));
    }

    /// Both outputs together, with nothing on standard input.
    private Answer answer(List<String> command) {
        try {
            var builder = new ProcessBuilder(command)
                    .directory(work().toFile())
                    .redirectErrorStream(true)
                    .redirectInput(
                            ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()));
            builder.environment().clear();
            builder.environment().putAll(environment());
            var process = builder.start();
            String output = new String(process.getInputStream().readAllBytes(), UTF_8);
            return new Answer(command, process.waitFor(), output);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    HashMap<String, String> environment() throws IOException {
        // All tests share one start-up cache, which the first of them makes.
        Path cache = Path.of("target/interop-cache").toAbsolutePath();
        Files.createDirectories(cache);
        Files.setPosixFilePermissions(cache, PosixFilePermissions.fromString("rwx------"));
        var environment = new HashMap<String, String>();
        environment.put("PATH", System.getenv("PATH") + ":/usr/sbin:/sbin");
        environment.put("HOME", root.toString());
        environment.put("LC_ALL", "C");
        environment.put("CHANCERY_HOME", home().toString());
        environment.put("JAVA_HOME", System.getProperty("java.home"));
        environment.put("XDG_CACHE_HOME", cache.toString());
        environment.put("SOFTHSM2_CONF", root.resolve("softhsm2.conf").toString());
        return environment;
    }
}
