// SPDX-License-Identifier: Apache-2.0
package dev.chancery.cli.rehearsal;

import dev.chancery.life.Forecast;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Map;

/// A stock verifier, what kind it is, and how it is asked. Words of the command are filled in: `{keyring}`
/// (packets), `{armored}`, `{signature}` (armored), `{file}`, and the directories `{apt}`, `{pacman}` and `{rpm}`.
enum Tool {
    GPG(
            Forecast.Verifier.GNUPG,
            "gpg",
            "--batch",
            "--no-tty",
            "--no-default-keyring",
            "--keyring",
            "{keyring}",
            "--trust-model",
            "always",
            "--status-fd",
            "1",
            "--verify",
            "{signature}",
            "{file}"),
    GPGV(Forecast.Verifier.GNUPG, "gpgv", "--status-fd", "1", "--keyring", "{keyring}", "{signature}", "{file}"),
    SQV(Forecast.Verifier.SEQUOIA, "sqv", "--keyring", "{keyring}", "{signature}", "{file}"),
    SQOP(Forecast.Verifier.SEQUOIA, "sqop", "verify", "{signature}", "{armored}"),
    RSOP(Forecast.Verifier.SEQUOIA, "rsop", "verify", "{signature}", "{armored}"),
    RPM(
            Forecast.Verifier.RPM_4_18,
            "rpmkeys",
            "--dbpath",
            "{rpm}/db",
            "--define",
            "_pkgverify_level signature",
            "--checksig",
            "{rpm}/" + RpmPackage.FILE),
    RPM_OF_SEQUOIA(
            Forecast.Verifier.RPM_4_20,
            "rpmkeys",
            "--dbpath",
            "{rpm}/db",
            "--define",
            "_pkgverify_level signature",
            "--checksig",
            "{rpm}/" + RpmPackage.FILE),
    APT(Forecast.Verifier.APT_2_6, "apt-get", "-c", "{apt}/apt.conf", "update"),
    PACMAN(
            Forecast.Verifier.PACMAN,
            "pacman",
            "--upgrade",
            "--print",
            "--config",
            "{pacman}/pacman.conf",
            "--gpgdir",
            "{pacman}/gnupg",
            "--root",
            "{pacman}",
            "--dbpath",
            "{pacman}",
            "{pacman}/" + PacmanPackage.FILE),
    PACMAN_KEY(
            Forecast.Verifier.PACMAN_KEY,
            "pacman-key",
            "--config",
            "{pacman}/pacman.conf",
            "--gpgdir",
            "{pacman}/gnupg",
            "--verify",
            "{pacman}/" + PacmanPackage.FILE + ".sig");

    private final Forecast.Verifier verifier;
    /// Its words, a line each.
    private final String command;

    Tool(Forecast.Verifier verifier, String... command) {
        this.verifier = verifier;
        this.command = String.join("\n", command);
    }

    Forecast.Verifier verifier() {
        return verifier;
    }

    String program() {
        return command.substring(0, command.indexOf('\n'));
    }

    /// Whether it is installed, and is of the kind that is known: apt 3 is another verifier than apt 2.6.
    boolean isHere(Programs programs, Path directory) {
        return programs.has(program())
                && switch (this) {
                    case APT -> !Files.exists(Path.of("/usr/lib/apt/methods/sqv"));
                    case RPM, RPM_OF_SEQUOIA ->
                        RpmPackage.verifier(programs, directory)
                                .filter(verifier::equals)
                                .isPresent();
                    case PACMAN, PACMAN_KEY -> PacmanPackage.isPossible(programs);
                    default -> true;
                };
    }

    /// What it is asked about.
    record Question(Path directory, Map<String, Path> files) {}

    Forecast.Opinion ask(Question question, Programs programs) {
        var words = new ArrayList<String>();
        for (String word : command.split("\n", -1)) {
            String filled = word;
            for (var file : question.files().entrySet()) {
                filled = filled.replace(
                        "{" + file.getKey() + "}", file.getValue().toString());
            }
            words.add(filled);
        }
        return opinion(
                programs.run(question.directory(), question.files().getOrDefault("file", Path.of("/dev/null")), words));
    }

    /// GnuPG's status lines decide, not its exit status, which is 0 for keys that are over; of pacman-key, which
    /// keeps them for itself, GnuPG's warning.
    private Forecast.Opinion opinion(Programs.Run run) {
        if (run.status() != 0) {
            return Forecast.Opinion.REFUSED;
        }
        return switch (verifier) {
            case GNUPG -> status(run.output());
            case PACMAN_KEY ->
                run.output().contains("has been revoked") ? Forecast.Opinion.REVOKED_EXITS_0 : Forecast.Opinion.GOOD;
            default -> Forecast.Opinion.GOOD;
        };
    }

    private static Forecast.Opinion status(String output) {
        if (output.contains("[GNUPG:] REVKEYSIG ")) {
            return Forecast.Opinion.REVOKED_EXITS_0;
        }
        if (output.contains("[GNUPG:] EXPKEYSIG ")) {
            return Forecast.Opinion.EXPIRED_EXITS_0;
        }
        return output.contains("[GNUPG:] GOODSIG ") ? Forecast.Opinion.GOOD : Forecast.Opinion.REFUSED;
    }
}
