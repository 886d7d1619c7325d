// SPDX-License-Identifier: Apache-2.0
package dev.chancery.cli.demo;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The home directory of gpg, which judges only by keys that it has imported. It starts a daemon for that,
/// which is ended on closing.
final class GnupgHome implements AutoCloseable {
    private static final String NAME = "gnupg";

    private final Programs programs;

    private GnupgHome(Programs programs) {
        this.programs = programs;
    }

    /// Empty when gpg is not installed.
    static Optional<GnupgHome> make(WorkDirectory work, Programs programs, Story story) {
        if (programs.find("gpg").isEmpty()) {
            return Optional.empty();
        }
        work.folder(NAME);
        var home = new GnupgHome(programs);
        var words = new ArrayList<>(List.of("gpg", "--homedir", NAME, "--quiet", "--batch", "--import"));
        DemoOffice.SIGNATORIES.forEach(authority -> words.add("keys/" + authority + ".gpg"));
        var command = ShellCommand.of(words.toArray(String[]::new));
        story.command(command);
        programs.run(command); // whether it went well shows in the verdicts
        story.line("");
        return Optional.of(home);
    }

    @Override
    public void close() {
        if (programs.find("gpgconf").isPresent()) {
            programs.run(ShellCommand.of("gpgconf", "--homedir", NAME, "--kill", "all"));
        }
    }
}
