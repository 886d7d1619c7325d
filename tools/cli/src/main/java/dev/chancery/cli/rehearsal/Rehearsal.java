// SPDX-License-Identifier: Apache-2.0
package dev.chancery.cli.rehearsal;

import dev.chancery.core.UnavailableException;
import dev.chancery.files.FileCause;
import dev.chancery.life.Forecast;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HexFormat;
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

    private final Chancery chancery;
    private final Path directory;
    private final Instant now;
    private final String searchPath;

    public Rehearsal(Chancery chancery, Path directory, Instant now, String searchPath) {
        this.chancery = chancery;
        this.directory = directory;
        this.now = now.truncatedTo(ChronoUnit.DAYS);
        this.searchPath = searchPath + ":/usr/sbin:/sbin";
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
        for (var tool : Tool.values()) {
            if (tool.isHere(searchPath)) {
                var found = tool.ask(story.question(stage.signature()), searchPath);
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
            make(root.resolve("gnupg"));
            write(root.resolve("Packages"), "Package: a\nVersion: 1\nArchitecture: all\n\n");
            write(
                    root.resolve("Release"),
                    "Origin: Rehearsal\nSuite: test\nDate: Fri, 02 Jan 2026 03:04:05 UTC\nSHA256:\n %s %d Packages\n"
                            .formatted(sha256(root.resolve("Packages")), size(root.resolve("Packages"))));
            on(0, "init");
            on(0, "key", "create", NAME, "--cycle", "c1", "--start", date(0), "--end", date(180));
            on(0, "key", "rotate", NAME);
            sign(10, "first");
            on(140, "key", "rotate", NAME, "--cycle", "c2");
            on(180, "key", "rotate", NAME);
            sign(185, "second");
            on(200, "key", "extend", NAME, "--cycle", "c1", "--to", date(300));
            thief(305, "c1", "first-thief");
            on(320, "key", "rotate", NAME, "--cycle", "c3");
            on(360, "key", "rotate", NAME);
            sign(370, "third");
            thief(385, "c2", "second-thief");
            on(382, "key", "revoke", NAME, "--cycle", "c2", "--reason", "retired");
            thief(440, "c3", "third-thief");
            on(430, "key", "revoke", NAME, "--cycle", "c3", "--reason", "compromised");
            aptKeyring();
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
            String file = root.resolve("Release").toString();
            at(
                    home,
                    day,
                    List.of(
                            "sign",
                            file,
                            "--as",
                            NAME,
                            "--output",
                            root.resolve(name + ".asc").toString()));
            at(
                    home,
                    day,
                    List.of(
                            "sign",
                            file,
                            "--as",
                            NAME,
                            "--encoding",
                            "cleartext",
                            "--output",
                            root.resolve(name + ".InRelease").toString()));
        }

        /// He has the office as it is now, gives the key an end that suits him, and signs on that later day.
        private void thief(int day, String cycle, String name) {
            if (day > until) {
                return;
            }
            Path copy = root.resolve(name);
            copy(root.resolve("office"), copy);
            // Before he signs, and after whatever the copy has done.
            int extended = day - 10;
            at(copy, extended, List.of("key", "extend", NAME, "--cycle", cycle, "--to", date(900), "--no-escrow"));
            if (!cycle.equals("c3")) {
                at(copy, extended, List.of("key", "activate", NAME, "--cycle", cycle));
            }
            sign(copy, day, name);
        }

        private void aptKeyring() {
            Path keys = root.resolve("keys");
            at(root.resolve("office"), until, List.of("keyring", "export", "--for", "gpg", keys.toString()));
        }

        Tool.Question question(String signature) {
            Path apt = root.resolve("apt-" + signature);
            for (String folder : List.of("state/lists/partial", "cache/archives/partial", "etc/preferences.d", "log")) {
                make(apt.resolve(folder));
            }
            Path repository = apt.resolve("repository");
            make(repository);
            copyFile(root.resolve("Packages"), repository.resolve("Packages"));
            copyFile(root.resolve(signature + ".InRelease"), repository.resolve("InRelease"));
            Path keyring = root.resolve("keys").resolve(NAME + ".gpg");
            write(apt.resolve("status"), "");
            write(apt.resolve("etc/sources.list"), "deb [signed-by=%s] file:%s ./\n".formatted(keyring, repository));
            write(apt.resolve("apt.conf"), """
                    Dir::State "%1$s/state";
                    Dir::State::status "%1$s/status";
                    Dir::Cache "%1$s/cache";
                    Dir::Log "%1$s/log";
                    Dir::Etc "%1$s/etc";
                    APT::Sandbox::User "";
                    APT::Update::Error-Mode "any";
                    Acquire::Languages "none";
                    """.formatted(apt));
            return new Tool.Question(
                    root,
                    Map.of(
                            "keyring", keyring,
                            "armored", root.resolve("office/keyring/" + NAME + ".openpgp.asc"),
                            "signature", root.resolve(signature + ".asc"),
                            "file", root.resolve("Release"),
                            "apt", apt));
        }
    }

    private interface Doing {
        void run() throws IOException;
    }

    private static void doing(Path path, Doing doing) {
        try {
            doing.run();
        } catch (IOException e) {
            throw new UnavailableException("%s cannot be written: %s".formatted(path, FileCause.of(e)), e);
        }
    }

    private static void make(Path folder) {
        doing(
                folder,
                () -> Files.createDirectories(
                        folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"))));
    }

    private static void write(Path file, String text) {
        doing(file, () -> Files.writeString(file, text));
    }

    private static void copyFile(Path from, Path to) {
        doing(to, () -> Files.copy(from, to, StandardCopyOption.REPLACE_EXISTING));
    }

    private static void copy(Path from, Path to) {
        doing(to, () -> {
            try (Stream<Path> files = Files.walk(from)) {
                for (Path file : files.toList()) {
                    Files.copy(file, to.resolve(from.relativize(file).toString()), StandardCopyOption.COPY_ATTRIBUTES);
                }
            }
        });
    }

    private static long size(Path file) {
        try {
            return Files.size(file);
        } catch (IOException e) {
            throw new UnavailableException("%s cannot be read".formatted(file), e);
        }
    }

    private static String sha256(Path file) {
        try {
            var digest = MessageDigest.getInstance("SHA-256");
            return HexFormat.of().formatHex(digest.digest(Files.readString(file).getBytes(StandardCharsets.UTF_8)));
        } catch (IOException | GeneralSecurityException e) {
            throw new UnavailableException("%s cannot be read".formatted(file), e);
        }
    }
}
