// SPDX-License-Identifier: Apache-2.0
package dev.chancery.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/// A session at a terminal as a text file: what is typed, and what has to appear.
///
/// | line | meaning |
/// |---|---|
/// | `# …` | a remark |
/// | `$ …` | a command line; see [Session] for what it may be |
/// | `@ 2029-01-01T00:00:00Z` | from here on the clock says this |
/// | `? 4` | the last line of a command's answer: its exit status, when it is not 0 |
/// | anything else | a line of the answer, standard output and standard error as they come |
///
/// In an answer `[key]` stands for a key id (64 hex digits, or its first 16), `[time]` for a time, `[user]` for
/// the name of the user, `[...]` for anything within the line, and `$PWD` for the directory of the session.
record Transcript(List<Entry> entries) {
    /// A line that is typed, or a remark, with the lines that it answers.
    record Entry(int number, String line, List<String> answer) {
        boolean isCommand() {
            return line.startsWith("$ ");
        }

        boolean isClock() {
            return line.startsWith("@ ");
        }

        String argument() {
            return line.substring(2);
        }
    }

    static Transcript parse(List<String> lines) {
        var entries = new ArrayList<Entry>();
        for (int number = 1; number <= lines.size(); number++) {
            String line = lines.get(number - 1);
            if (line.startsWith("$ ") || line.startsWith("@ ") || line.startsWith("#")) {
                entries.add(new Entry(number, line, new ArrayList<>()));
            } else if (!entries.isEmpty()) {
                entries.getLast().answer().add(line);
            }
        }
        entries.forEach(entry -> {
            while (!entry.answer().isEmpty() && entry.answer().getLast().isEmpty()) {
                entry.answer().removeLast();
            }
        });
        return new Transcript(entries);
    }

    /// Whether a line that appeared is the one that was expected.
    static boolean matches(String expected, String actual) {
        String pattern = Pattern.quote(expected)
                .replace("[key]", "\\E(?:[0-9a-f]{64}|[0-9a-f]{16})\\Q")
                .replace("[time]", "\\E[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:]+Z\\Q")
                .replace("[user]", "\\E" + Pattern.quote(System.getProperty("user.name", "")) + "\\Q")
                .replace("[...]", "\\E.*\\Q");
        return actual.matches(pattern);
    }
}
