// SPDX-License-Identifier: Apache-2.0
package dev.chancery.cli.rehearsal;

import dev.chancery.core.UnavailableException;
import dev.chancery.life.Forecast;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/// A stock verifier, what kind it is, and how it is asked. Words of the command are filled in: `{keyring}`
/// (packets), `{armored}`, `{signature}` (armored), `{file}`, `{apt}` (a directory for apt).
enum Tool {
    GPG(
            Forecast.Verifier.GNUPG,
            "gpg --batch --no-tty --no-default-keyring --keyring {keyring} --trust-model always --status-fd 1 --verify"
                    + " {signature} {file}"),
    GPGV(Forecast.Verifier.GNUPG, "gpgv --status-fd 1 --keyring {keyring} {signature} {file}"),
    SQV(Forecast.Verifier.SEQUOIA, "sqv --keyring {keyring} {signature} {file}"),
    SQOP(Forecast.Verifier.SEQUOIA, "sqop verify {signature} {armored}"),
    RSOP(Forecast.Verifier.SEQUOIA, "rsop verify {signature} {armored}"),
    APT(Forecast.Verifier.APT_2_6, "apt-get -c {apt}/apt.conf update");

    /// Seconds: none of them takes one on a quiet machine.
    private static final int PATIENCE = 60;

    private final Forecast.Verifier verifier;
    private final String command;

    Tool(Forecast.Verifier verifier, String command) {
        this.verifier = verifier;
        this.command = command;
    }

    Forecast.Verifier verifier() {
        return verifier;
    }

    String program() {
        return command.substring(0, command.indexOf(' '));
    }

    /// Whether it is installed, and is of the kind that is known: apt 3 is another verifier than apt 2.6.
    boolean isHere(String searchPath) {
        return find(searchPath).isPresent() && (this != APT || !Files.exists(Path.of("/usr/lib/apt/methods/sqv")));
    }

    private Optional<Path> find(String searchPath) {
        for (String folder : searchPath.split(":", -1)) {
            Path file = Path.of(folder, program());
            if (folder.startsWith("/") && Files.isExecutable(file)) {
                return Optional.of(file);
            }
        }
        return Optional.empty();
    }

    /// What it is asked about.
    record Question(Path directory, Map<String, Path> files) {}

    Forecast.Opinion ask(Question question, String searchPath) {
        var words = new ArrayList<String>();
        for (String word : command.split(" ", -1)) {
            String filled = word;
            for (var file : question.files().entrySet()) {
                filled = filled.replace(
                        "{" + file.getKey() + "}", file.getValue().toString());
            }
            words.add(filled);
        }
        words.set(0, find(searchPath).orElseThrow().toString());
        return opinion(run(words, question, searchPath));
    }

    private record Run(int status, String output) {}

    private static Run run(List<String> words, Question question, String searchPath) {
        Path output = question.directory().resolve("tool-output");
        try {
            var builder = new ProcessBuilder(words)
                    .directory(question.directory().toFile())
                    .redirectInput(question.files().getOrDefault("file", output).toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile());
            builder.environment().clear();
            builder.environment()
                    .putAll(new HashMap<>(Map.of(
                            "PATH",
                            searchPath,
                            "LC_ALL",
                            "C",
                            "HOME",
                            question.directory().toString(),
                            "GNUPGHOME",
                            question.directory().resolve("gnupg").toString())));
            var process = builder.start();
            if (!process.waitFor(PATIENCE, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new UnavailableException("%s does not end".formatted(words.getFirst()));
            }
            return new Run(process.exitValue(), Files.readString(output));
        } catch (IOException e) {
            throw new UnavailableException("%s cannot be run: %s".formatted(words.getFirst(), e.getMessage()), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new UnavailableException("interrupted while %s was running".formatted(words.getFirst()), e);
        }
    }

    /// GnuPG's status lines decide, not its exit status, which is 0 for keys that are over.
    private Forecast.Opinion opinion(Run run) {
        if (verifier != Forecast.Verifier.GNUPG) {
            return run.status() == 0 ? Forecast.Opinion.GOOD : Forecast.Opinion.REFUSED;
        }
        if (run.status() != 0) {
            return Forecast.Opinion.REFUSED;
        }
        if (run.output().contains("[GNUPG:] REVKEYSIG ")) {
            return Forecast.Opinion.REVOKED_EXITS_0;
        }
        if (run.output().contains("[GNUPG:] EXPKEYSIG ")) {
            return Forecast.Opinion.EXPIRED_EXITS_0;
        }
        return run.output().contains("[GNUPG:] GOODSIG ") ? Forecast.Opinion.GOOD : Forecast.Opinion.REFUSED;
    }
}
