// SPDX-License-Identifier: Apache-2.0
package dev.chancery.cli.reference;

import java.util.List;
import java.util.stream.Collectors;

/// What `chancery-gpg` says of itself, to who asks it and in its man page.
public final class GpgHelp {
    public static final String SYNOPSIS = "[OPTION]... [FILE]...";
    public static final String SENTENCE = "Stands where a tool wants to start gpg: the office signs and verifies.";
    public static final List<Option> OPTIONS = List.of(
            new Option("-b, --detach-sign [FILE]", "sign a file, or standard input"),
            new Option("    --clearsign [FILE]", "put a signature into a text"),
            new Option("    --verify SIGNATURE [FILE]", "verify a file, or standard input"),
            new Option("    --export [NAME]...", "write certificates of the keyring"),
            new Option(
                    "-u, --local-user NAME",
                    "who signs: an authority, or a fingerprint, key ID, user ID or address of one"),
            new Option("-a, --armor", "as text"),
            new Option("-o, --output FILE", "- is standard output"),
            new Option("    --set-filename NAME", "the artifact's name, of standard input"),
            new Option("    --status-fd N", "lines for programs"),
            new Option("    --yes", "replace a file that is there"),
            new Option("    --version", "the version of gpg whose answers these are"));
    public static final List<Option> ENVIRONMENT = List.of(
            new Option("CHANCERY_HOME, CHANCERY_SERVER", "which office signs"),
            new Option("CHANCERY_KEYRING", "another keyring than the office's"));
    public static final String MORE =
            "docs/gpg.md tells how Maven, git, rpmsign and others are set up, and what is taken without meaning.";

    private static final int COLUMN = 29;

    /// Something that can be given, and what it does.
    public record Option(String names, String meaning) {
        private String line() {
            String gap = names.length() < COLUMN ? " ".repeat(COLUMN - names.length()) : "\n" + " ".repeat(COLUMN + 2);
            return "  " + names + gap + meaning;
        }
    }

    private GpgHelp() {}

    /// As a program prints it.
    public static String text() {
        return "Usage: chancery-gpg %s\n\n%s\n\n%s\n\nEnvironment:\n%s\n\n%s"
                .formatted(SYNOPSIS, SENTENCE, lines(OPTIONS), lines(ENVIRONMENT), MORE);
    }

    private static String lines(List<Option> options) {
        return options.stream().map(Option::line).collect(Collectors.joining("\n"));
    }
}
