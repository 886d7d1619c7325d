// SPDX-License-Identifier: Apache-2.0
package dev.chancery.cli.demo;

/// What a verifier said in one case, with the output that says why.
record Verdict(ShellCommand command, Folder folder, Said said, String output) {
    /// A tool that did not come to an end has said nothing.
    enum Said {
        ACCEPTED,
        REFUSED,
        NOTHING;

        static Said of(boolean accepted) {
            return accepted ? ACCEPTED : REFUSED;
        }

        String text() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }

    Said expected() {
        return Said.of(folder.isAcceptable());
    }

    boolean isRight() {
        return said == expected();
    }

    /// Capitals are for what must not be.
    String shown() {
        return isRight() ? said.text() : said.name();
    }
}
