// SPDX-License-Identifier: Apache-2.0
package dev.chancery.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
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
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Completions and man pages, judged by the shells and by man.
class ReferenceTest {
    @TempDir
    private Path directory;

    private String chancery(String... words) {
        var output = new ByteArrayOutputStream();
        var out = new PrintStream(output, true, StandardCharsets.UTF_8);
        var terminal = new Terminal(InputStream.nullInputStream(), out, out, Map.of(), Clock.systemUTC());
        assertEquals(ExitStatus.DONE, Main.run(terminal, words));
        return output.toString(StandardCharsets.UTF_8);
    }

    /// What bash does when somebody presses Tab at the end of this.
    private static String completing(String typed) {
        return """
                compopt() { :; } # works only while a person types
                . ./script
                words=(%1$s)
                COMP_WORDS=("${words[@]}")
                COMP_LINE='%1$s'
                case "$COMP_LINE" in *' ') COMP_WORDS+=('') ;; esac
                COMP_CWORD=$((${#COMP_WORDS[@]} - 1))
                _complete_chancery
                echo "${COMPREPLY[@]}"
                """.formatted(typed);
    }

    @ParameterizedTest
    @ValueSource(strings = {"bash", "zsh", "fish"})
    void aShellTakesItsScript(String shell) throws Exception {
        var tool = StockTool.require(shell);
        Files.writeString(directory.resolve("script"), chancery("completion", shell));
        assertEquals("", tool.run(directory, "-n", "script"));
    }

    @ParameterizedTest
    @CsvSource(quoteCharacter = '"', textBlock = """
            "chancery si", "sign"
            "chancery authority a", "add"
            "chancery completion ", "bash zsh fish"
            "chancery sign f --for", "--format --force"
            "chancery sign f --format ", "openpgp raw"
            "chancery sign f --encoding c", "cleartext"
            """)
    void bashCompletes(String typed, String completed) throws Exception {
        var bash = StockTool.require("bash");
        Files.writeString(directory.resolve("script"), chancery("completion", "bash"));
        var offered =
                List.of(bash.run(directory, "-c", completing(typed)).strip().split(" ", -1));
        assertTrue(offered.containsAll(List.of(completed.split(" ", -1))), offered::toString);
    }

    @ParameterizedTest
    @CsvSource(quoteCharacter = '"', textBlock = """
            "chancery si", "sign sign-at"
            "chancery authority a", "add"
            "chancery completion ", "bash fish zsh"
            "chancery sign --encoding ", "armor binary cleartext"
            """)
    void fishCompletes(String typed, String completed) throws Exception {
        var fish = StockTool.require("fish");
        Files.writeString(directory.resolve("script"), chancery("completion", "fish"));
        String printed = fish.run(directory, "-c", "source script; complete -C '%s'".formatted(typed));
        var offered = printed.lines().map(line -> line.split("\t", -1)[0]).toList();
        assertEquals(List.of(completed.split(" ", -1)), offered);
    }

    @Test
    void manShowsEveryPageWithoutAWarning() throws Exception {
        var man = StockTool.require("man");
        for (String page : pages()) {
            String shown = man.run(directory, "--warnings", "-l", page);
            assertTrue(shown.contains("SYNOPSIS"), () -> page + ": " + shown);
            assertTrue(shown.lines().noneMatch(line -> line.contains("warning")), () -> page + ": " + shown);
        }
    }

    @Test
    void mandocFindsNothingToMend() throws Exception {
        var mandoc = StockTool.require("mandoc");
        for (String page : pages()) {
            assertEquals("", mandoc.run(directory, "-Tlint", "-Wwarning", page), page);
        }
    }

    private List<String> pages() throws IOException {
        List<String> pages = chancery("man", directory.toString()).lines().toList();
        assertTrue(pages.contains(directory.resolve("chancery-sign.1").toString()), pages::toString);
        for (String page : pages) {
            assertTrue(Files.size(Path.of(page)) > 0, page);
        }
        return pages;
    }
}
