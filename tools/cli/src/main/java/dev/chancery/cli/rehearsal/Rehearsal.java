// SPDX-License-Identifier: Apache-2.0
package dev.chancery.cli.rehearsal;

import dev.chancery.core.UnavailableException;
import dev.chancery.life.Forecast;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;

/// Plays the story up to each stage, and asks.
public final class Rehearsal {
    /// The command itself, on an office and at a time.
    public interface Chancery {
        /// Returns the exit status.
        int run(Path home, Instant now, List<String> words);
    }

    /// What one tool said at one stage.
    public record Verdict(String stage, String tool, Forecast.Opinion expected, Forecast.Opinion found) {
        public boolean isExpected() {
            return found == expected || (found == Forecast.Opinion.GOOD && expected.isGood());
        }
    }

    private static final String NAME = "release";
    /// Where the package for rpm is made.
    private static final String RPM = "rpm";

    private final Chancery chancery;
    private final Path directory;
    private final Instant now;
    private final Programs programs;

    public Rehearsal(Chancery chancery, Path directory, Instant now, String searchPath) {
        this.chancery = chancery;
        this.directory = directory;
        this.now = now.truncatedTo(ChronoUnit.DAYS);
        this.programs = new Programs(searchPath + ":/usr/sbin:/sbin");
    }

    /// All verdicts, each also told when it is there. Tools that are not installed give none.
    public List<Verdict> run(Consumer<Verdict> told) {
        var verdicts = new ArrayList<Verdict>();
        for (int day : Stream.of(Stage.values()).map(Stage::day).distinct().toList()) {
            var story = new Story(directory.resolve("day-" + day), now.minus(Duration.ofDays(day)));
            story.play(day);
            for (var stage : Stage.values()) {
                if (stage.day() == day) {
                    ask(story, stage).forEach(verdict -> {
                        verdicts.add(verdict);
                        told.accept(verdict);
                    });
                }
            }
        }
        return verdicts;
    }

    private List<Verdict> ask(Story story, Stage stage) {
        var verdicts = new ArrayList<Verdict>();
        var question = story.question(stage.signature());
        for (var tool : Tool.values()) {
            if (tool.isHere(programs, story.root)) {
                var found = tool.ask(question, programs);
                verdicts.add(new Verdict(stage.words(), tool.program(), stage.expected(tool.verifier()), found));
            }
        }
        return verdicts;
    }

    /// One office, from its first day.
    private final class Story {
        private final Path root;
        private final Instant first;
        private int until;

        Story(Path root, Instant first) {
            this.root = root;
            this.first = first;
        }

        void play(int last) {
            until = last;
            SandboxFiles.make(root.resolve("gnupg"));
            SandboxFiles.write(root.resolve("Packages"), "Package: a\nVersion: 1\nArchitecture: all\n\n");
            SandboxFiles.write(
                    root.resolve("Release"),
                    "Origin: Rehearsal\nSuite: test\nDate: Fri, 02 Jan 2026 03:04:05 UTC\nSHA256:\n %s %d Packages\n"
                            .formatted(
                                    SandboxFiles.sha256(root.resolve("Packages")),
                                    SandboxFiles.size(root.resolve("Packages"))));
            SandboxFiles.write(root.resolve(PacmanPackage.FILE), PacmanPackage.content());
            SandboxFiles.make(root.resolve(RPM));
            if (RpmPackage.verifier(programs, root).isPresent()) {
                RpmPackage.make(programs, root.resolve(RPM));
            }
            on(0, "init");
            on(0, "key", "create", NAME, "--cycle", "c1", "--start", date(0), "--end", date(180));
            on(0, "key", "rotate", NAME);
            sign(10, "first");
            on(140, "key", "rotate", NAME, "--cycle", "c2");
            on(180, "key", "rotate", NAME);
            sign(185, "second");
            custody(195);
            on(200, "key", "extend", NAME, "--cycle", "c1", "--to", date(300));
            thief(305, "c1", "first-thief");
            on(320, "key", "rotate", NAME, "--cycle", "c3");
            on(360, "key", "rotate", NAME);
            sign(370, "third");
            thief(385, "c2", "second-thief");
            on(382, "key", "revoke", NAME, "--cycle", "c2", "--reason", "retired");
            thief(440, "c3", "third-thief");
            on(430, "key", "revoke", NAME, "--cycle", "c3", "--reason", "compromised");
            exportKeyring();
        }

        /// The primary key is lost and comes back from two of three shares; what follows is its work.
        private void custody(int day) {
            if (day > until) {
                return;
            }
            Path shares = root.resolve("shares");
            on(day, "key", "share", "split", NAME, "--required", "2", "--shares", "3", "--output", shares.toString());
            SandboxFiles.move(root.resolve("office/primary"), root.resolve("lost-primary"));
            var files = SandboxFiles.names(shares);
            on(day, "key", "share", "restore", NAME, files.getLast(), files.getFirst());
        }

        private String date(int day) {
            return first.plus(Duration.ofDays(day))
                    .atOffset(ZoneOffset.UTC)
                    .toLocalDate()
                    .toString();
        }

        private void on(int day, String... words) {
            if (day <= until) {
                at(root.resolve("office"), day, List.of(words));
            }
        }

        private void at(Path home, int day, List<String> words) {
            int status = chancery.run(home, first.plus(Duration.ofDays(day)), words);
            if (status != 0) {
                throw new UnavailableException("the rehearsal stopped: 'chancery %s' on day %d ended with %d"
                        .formatted(String.join(" ", words), day, status));
            }
        }

        private void sign(int day, String name) {
            if (day <= until) {
                sign(root.resolve("office"), day, name);
            }
        }

        private void sign(Path home, int day, String name) {
            at(home, day, signing("Release", name + ".asc", "armor"));
            at(home, day, signing("Release", name + ".InRelease", "cleartext"));
            at(home, day, signing(PacmanPackage.FILE, name + ".pacman", "binary"));
            if (Files.exists(root.resolve(RPM).resolve(RpmPackage.PLAIN))) {
                at(home, day, signing(RPM + "/" + RpmPackage.PLAIN, name + ".rpm", "binary"));
            }
        }

        private List<String> signing(String file, String signature, String encoding) {
            return List.of(
                    "sign",
                    root.resolve(file).toString(),
                    "--as",
                    NAME,
                    "--encoding",
                    encoding,
                    "--output",
                    root.resolve(signature).toString());
        }

        /// He has the office as it is now, gives the key an end that suits him, and signs on that later day.
        private void thief(int day, String cycle, String name) {
            if (day > until) {
                return;
            }
            Path copy = root.resolve(name);
            SandboxFiles.copy(root.resolve("office"), copy);
            // Before he signs, and after whatever the copy has done.
            int extended = day - 10;
            at(copy, extended, List.of("key", "extend", NAME, "--cycle", cycle, "--to", date(900), "--no-escrow"));
            if (!cycle.equals("c3")) {
                at(copy, extended, List.of("key", "activate", NAME, "--cycle", cycle));
            }
            sign(copy, day, name);
        }

        private void exportKeyring() {
            Path keys = root.resolve("keys");
            at(root.resolve("office"), until, List.of("keyring", "export", "--for", "gpg", keys.toString()));
        }

        Tool.Question question(String signature) {
            Path keyring = root.resolve("keys").resolve(NAME + ".gpg");
            Path armored = root.resolve("office/keyring/" + NAME + ".openpgp.asc");
            return new Tool.Question(
                    root,
                    Map.of(
                            "keyring", keyring,
                            "armored", armored,
                            "signature", root.resolve(signature + ".asc"),
                            "file", root.resolve("Release"),
                            "apt", apt(signature, keyring),
                            "pacman", pacman(signature, keyring),
                            "rpm", rpm(signature, armored)));
        }

        private Path apt(String signature, Path keyring) {
            Path apt = root.resolve("apt-" + signature);
            for (String folder : List.of("state/lists/partial", "cache/archives/partial", "etc/preferences.d", "log")) {
                SandboxFiles.make(apt.resolve(folder));
            }
            Path repository = apt.resolve("repository");
            SandboxFiles.make(repository);
            SandboxFiles.copyFile(root.resolve("Packages"), repository.resolve("Packages"));
            SandboxFiles.copyFile(root.resolve(signature + ".InRelease"), repository.resolve("InRelease"));
            SandboxFiles.write(apt.resolve("status"), "");
            SandboxFiles.write(
                    apt.resolve("etc/sources.list"), "deb [signed-by=%s] file:%s ./\n".formatted(keyring, repository));
            SandboxFiles.write(apt.resolve("apt.conf"), """
                    Dir::State "%1$s/state";
                    Dir::State::status "%1$s/status";
                    Dir::Cache "%1$s/cache";
                    Dir::Log "%1$s/log";
                    Dir::Etc "%1$s/etc";
                    APT::Sandbox::User "";
                    APT::Update::Error-Mode "any";
                    Acquire::Languages "none";
                    """.formatted(apt));
            return apt;
        }

        private Path pacman(String signature, Path keyring) {
            Path pacman = root.resolve("pacman-" + signature);
            SandboxFiles.make(pacman);
            SandboxFiles.copyFile(root.resolve(PacmanPackage.FILE), pacman.resolve(PacmanPackage.FILE));
            SandboxFiles.copyFile(root.resolve(signature + ".pacman"), pacman.resolve(PacmanPackage.FILE + ".sig"));
            if (PacmanPackage.isPossible(programs)) {
                PacmanPackage.keyring(programs, pacman, keyring);
            }
            return pacman;
        }

        private Path rpm(String signature, Path armored) {
            Path rpm = root.resolve("rpm-" + signature);
            SandboxFiles.make(rpm);
            Path made = root.resolve(signature + ".rpm");
            if (Files.exists(made)) {
                SandboxFiles.copyFile(root.resolve(RPM).resolve(RpmPackage.FILE), rpm.resolve(RpmPackage.FILE));
                SandboxFiles.copyFile(made, rpm.resolve(RpmPackage.SIGNATURE));
                RpmPackage.finish(programs, rpm, armored);
            }
            return rpm;
        }
    }
}
