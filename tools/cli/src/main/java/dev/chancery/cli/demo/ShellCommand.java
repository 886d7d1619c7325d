// SPDX-License-Identifier: Apache-2.0
package dev.chancery.cli.demo;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// A command line: words, and maybe a file that becomes standard input.
record ShellCommand(List<String> words, Optional<String> input) {
    /// What no POSIX shell takes for anything but itself.
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_./:,=+@%-]+");

    static ShellCommand of(String... words) {
        return new ShellCommand(List.of(words), Optional.empty());
    }

    ShellCommand withInput(String file) {
        return new ShellCommand(words, Optional.of(file));
    }

    String program() {
        return words.getFirst();
    }

    /// As it can be pasted into a shell.
    @Override
    public String toString() {
        String line = words.stream().map(ShellCommand::quoted).collect(Collectors.joining(" "));
        return input.map(file -> line + " < " + quoted(file)).orElse(line);
    }

    private static String quoted(String word) {
        return PLAIN.matcher(word).matches() ? word : "'" + word.replace("'", "'\\''") + "'";
    }
}
