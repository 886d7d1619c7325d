// SPDX-License-Identifier: Apache-2.0
package dev.chancery.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

/// A command line of a transcript, taken apart as a shell does: quotes, `$'\n'`, `$PWD`, `A=b` in front, `<`,
/// `>` and what is left of a pipe.
record ShellLine(Optional<String> before, Map<String, String> environment, List<String> words, Files files) {
    /// Where standard input comes from and standard output goes to.
    record Files(Optional<String> input, Optional<String> output) {}

    static ShellLine parse(String line, String directory) {
        int pipe = line.lastIndexOf(" | chancery");
        var words = words(line.substring(pipe < 0 ? 0 : pipe + " | ".length()), directory);
        var environment = new TreeMap<String, String>();
        while (!words.isEmpty() && words.getFirst().matches("[A-Z_]+=.*")) {
            String[] parts = words.removeFirst().split("=", 2);
            environment.put(parts[0], parts[1]);
        }
        var files = new Files(redirection(words, "<"), redirection(words, ">"));
        return new ShellLine(
                pipe < 0 ? Optional.empty() : Optional.of(line.substring(0, pipe)), environment, words, files);
    }

    boolean isChancery() {
        return !words.isEmpty() && words.getFirst().equals("chancery");
    }

    private static Optional<String> redirection(List<String> words, String sign) {
        int at = words.indexOf(sign);
        if (at < 0) {
            return Optional.empty();
        }
        words.remove(at);
        return Optional.of(words.remove(at));
    }

    /// `\n` and `\u202e`, as bash has them.
    private static String unescaped(String text) {
        return Pattern.compile("\\\\u([0-9a-f]{4})")
                .matcher(text.replace("\\n", "\n"))
                .replaceAll(found -> Character.toString(Integer.parseInt(found.group(1), 16)));
    }

    private static List<String> words(String line, String directory) {
        var words = new ArrayList<String>();
        var word = new StringBuilder();
        boolean begun = false;
        for (int at = 0; at < line.length(); at++) {
            char c = line.charAt(at);
            if (c == ' ' && begun) {
                words.add(word.toString());
                word.setLength(0);
                begun = false;
            } else if (c == '\'' || c == '"' || line.startsWith("$'", at)) {
                int open = c == '$' ? at + 1 : at;
                int close = line.indexOf(line.charAt(open), open + 1);
                String quoted = line.substring(open + 1, close);
                word.append(c == '$' ? unescaped(quoted) : quoted.replace("$PWD", directory));
                at = close;
                begun = true;
            } else if (c != ' ') {
                boolean isDirectory = line.startsWith("$PWD", at);
                word.append(isDirectory ? directory : String.valueOf(c));
                at += isDirectory ? "PWD".length() : 0;
                begun = true;
            }
        }
        if (begun) {
            words.add(word.toString());
        }
        return words;
    }
}
