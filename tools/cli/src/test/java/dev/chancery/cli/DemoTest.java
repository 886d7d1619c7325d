// SPDX-License-Identifier: Apache-2.0
package dev.chancery.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.chancery.cli.command.ExitStatus;
import dev.chancery.cli.terminal.Terminal;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `chancery demo` with the tools that are here, and with tools that lie.
class DemoTest {
    private static final List<String> TOOLS =
            List.of("gpgv", "gpg", "sqv", "sqop", "openssl", "cosign", "minisign", "signify-openbsd", "ssh-keygen");

    @TempDir
    private Path directory;

    private Path temporary = Path.of("");
    private final ByteArrayOutputStream shown = new ByteArrayOutputStream();

    @BeforeEach
    void makeFolder() throws IOException {
        temporary = Files.createDirectory(directory.resolve("temporary"));
        Files.writeString(directory.resolve("artifact"), "hello\n");
    }

    private int demo(String searchPath, String... options) throws IOException {
        var out = new PrintStream(shown, true, StandardCharsets.UTF_8);
        var environment = Map.of("PATH", searchPath, "TMPDIR", temporary.toString());
        var terminal = new Terminal(InputStream.nullInputStream(), out, out, environment, Clock.systemUTC());
        var words = new java.util.ArrayList<>(
                List.of("demo", directory.resolve("artifact").toString()));
        words.addAll(List.of(options));
        int status = Main.run(terminal, words.toArray(String[]::new));
        try (var left = Files.list(temporary)) {
            assertEquals(List.of(), left.toList(), "nothing is left behind");
        }
        return status;
    }

    private String shown() {
        return shown.toString(StandardCharsets.UTF_8);
    }

    /// A tool that always says the same.
    private String lying(String tool, String script) throws IOException {
        Path programs = Files.createDirectory(directory.resolve("programs"));
        Path program = Files.writeString(programs.resolve(tool), "#!/bin/sh\n" + script + "\n");
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwx------"));
        return programs.toString();
    }

    @Test
    void everyToolHereAcceptsTheGoodAndRefusesTheBad() throws IOException {
        TOOLS.forEach(StockTool::require);
        assertEquals(ExitStatus.DONE, demo(System.getenv("PATH")), this::shown);
        assertTrue(shown().contains("All is well: 37 accepted that must be, 111 refused that must be."), this::shown);
        assertFalse(shown().contains("not installed"), this::shown);
        String row = "   openpgp    gpgv                            ok (6)   ok (6)     ok (6)         ok (6)\n";
        assertTrue(shown().contains(row), this::shown);
    }

    @Test
    void aToolThatAcceptsEverythingIsFoundOut() throws IOException {
        assertEquals(ExitStatus.VERIFICATION_SAYS_NO, demo(lying("sqv", "exit 0")));
        assertTrue(shown().contains("accepted  ACCEPTED  ACCEPTED       ACCEPTED   sqv --keyring"), this::shown);
        assertTrue(shown().contains("WRONG: bad-file must be refused: sqv --keyring"), this::shown);
    }

    @Test
    void aToolThatRefusesEverythingIsFoundOutWithWhatItSays() throws IOException {
        assertEquals(ExitStatus.VERIFICATION_SAYS_NO, demo(lying("sqop", "echo not today; exit 1")));
        assertTrue(shown().contains("REFUSED   refused   refused        refused    sqop verify"), this::shown);
        assertTrue(shown().contains("not today"), this::shown);
    }

    @Test
    void status0OfGpgvIsNotEnough() throws IOException {
        String anybody = "[GNUPG:] GOODSIG 1A41AB5D239BD70E qa\\n[GNUPG:] VALIDSIG 0 2026-11-21 1 0 4 0 22 10 00 0";
        assertEquals(ExitStatus.VERIFICATION_SAYS_NO, demo(lying("gpgv", "printf '" + anybody + "\\n'")));
        assertTrue(shown().contains("REFUSED   refused   refused        refused    gpgv --status-fd 1"), this::shown);
    }

    @Test
    void aDirectoryThatIsKeptIsPrivate() throws IOException {
        Path kept = directory.resolve("kept");
        assertEquals(ExitStatus.DONE, demo("", "--keep", kept.toString()), this::shown);
        assertEquals("rwx------", PosixFilePermissions.toString(Files.getPosixFilePermissions(kept)));
        assertTrue(Files.isSymbolicLink(kept.resolve("good/artifact")), "the file is linked to, not copied");
    }
}
