// SPDX-License-Identifier: Apache-2.0
package dev.chancery.cli.demo;

import dev.chancery.core.ArtifactName;
import dev.chancery.core.MalformedException;
import dev.chancery.core.UnavailableException;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// The demonstration, step by step. The package comment says what is where.
public final class Demo {
    /// What one run of a tool may take, with an empty file.
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    /// Bytes for which it may take a second longer: a slow disk.
    private static final long BYTES_PER_SECOND = 10L << 20;

    /// Bytes from which on not every signature is judged: some twenty verifiers read the file three times each.
    private static final long LARGE_BYTES = 256L << 20;

    private static final double KIB = 1024;

    /// What it is about, and where it may work.
    ///
    /// @param keep a directory to make and leave behind; else one in `temporary` is made and removed
    /// @param searchPath where programs are looked for, as in `PATH`
    public record Setting(Path file, Optional<Path> keep, Path temporary, String searchPath) {}

    private final Chancery chancery;
    private final Setting setting;
    private final PrintStream out;
    private final Story story;
    private final boolean json;

    public Demo(Chancery chancery, Setting setting, PrintStream out, boolean json) {
        this.chancery = chancery;
        this.setting = setting;
        this.out = out;
        this.story = new Story(out, json);
        this.json = json;
    }

    /// Runs it. The answer is whether every verifier that is there accepted the good and refused the bad.
    public boolean run() {
        String name = name();
        try (var work =
                setting.keep().map(WorkDirectory::kept).orElseGet(() -> WorkDirectory.temporary(setting.temporary()))) {
            introduce(work, name);
            boolean passed = tell(work, name);
            if (json) {
                var answer = story.json().put("artifact", name).put("size", size());
                setting.keep()
                        .ifPresent(keep -> answer.put("directory", work.path().toString()));
                out.print(answer.toJson().pretty());
            }
            return passed;
        }
    }

    /// Complains about a file that cannot be signed before anything is made.
    private String name() {
        Path file = setting.file();
        if (Files.isDirectory(file)) {
            throw new MalformedException("artifact %s is a directory, not a file".formatted(file));
        }
        if (Files.exists(file) && !Files.isRegularFile(file)) {
            throw new MalformedException("artifact %s is not a file that can be read more than once".formatted(file));
        }
        if (!Files.isReadable(file)) {
            throw new UnavailableException("artifact %s cannot be read: %s"
                    .formatted(file, Files.exists(file) ? "permission denied" : "there is no such file"));
        }
        return new ArtifactName(String.valueOf(file.getFileName())).text();
    }

    private long size() {
        try {
            return Files.size(setting.file());
        } catch (IOException e) {
            throw new UnavailableException("artifact %s cannot be read".formatted(setting.file()), e);
        }
    }

    private void introduce(WorkDirectory work, String name) {
        long size = size();
        story.line("Chancery signs %s (%s), and tools that are not ours verify it."
                .formatted(
                        name,
                        size < KIB ? size + " bytes" : String.format(Locale.ROOT, "%,.0f KiB", Math.ceil(size / KIB))));
        story.line("All happens in %s, %s"
                .formatted(
                        work.path(),
                        work.isKept()
                                ? "where these commands can be tried again."
                                : "which is removed at the end (--keep DIR keeps one)."));
    }

    /// Each reads a large file again: one authority's signature in each encoding is enough then, in turn.
    private List<Specimen> judged(List<Specimen> specimens) {
        if (size() <= LARGE_BYTES) {
            return specimens;
        }
        story.indented("Each reads the whole file, so one authority's signature in each encoding is judged, in turn.");
        story.line("");
        var judged = new ArrayList<Specimen>();
        for (int i = 0; i < specimens.size(); i++) {
            int encoding = i / DemoOffice.SIGNATORIES.size();
            if ((i + encoding) % DemoOffice.SIGNATORIES.size() == 0 || i == specimens.size() - 1) {
                judged.add(specimens.get(i));
            }
        }
        return judged;
    }

    private boolean tell(WorkDirectory work, String name) {
        var office = new DemoOffice(chancery, work.path(), story);
        story.step("An office with four authorities, each with keys for every format it signs in");
        office.open();

        String checksum = name + ".sha256";
        story.step("Signatures of jenkins-prd and qa in every format and encoding");
        var folders = new Folders(chancery, work, new Folders.Names(name, checksum));
        folders.good(setting.file());
        story.indented(
                "good/ has a link to the file, and its SHA-256 as a text for cleartext, signify and raw Ed25519.");
        var specimens = office.sign(name, checksum);

        story.step("Forgeries");
        folders.bad(specimens);
        story.indented(
                "bad-file/       the same signatures; one bit of the file is changed, the text has its new SHA-256");
        story.indented("bad-signature/  the same file and text; one bit of each signature is changed");
        story.indented("wrong-key/      the same file and text; under each authority's name another's signature");

        story.step("Verifiers that are not ours: good/ must be accepted, the same command on the others refused");
        var patience = PATIENCE.plusSeconds(size() / BYTES_PER_SECOND);
        var programs = new Programs(work.path(), setting.searchPath(), patience);
        var home = GnupgHome.make(work, programs, story);
        try {
            new Trial(work.path(), programs, story).judge(judged(specimens));
        } finally {
            home.ifPresent(GnupgHome::close);
        }

        story.step("Chancery's own: jenkins-prd and one of qa and release must have signed, and qa stated its job");
        verify(office, name);
        return story.end();
    }

    private void verify(DemoOffice office, String name) {
        var verdicts = new ArrayList<Verdict>();
        for (Folder folder : Folder.values()) {
            var command = DemoOffice.command(ownVerification(folder, name));
            story.command(command);
            var answer = office.run(command);
            var lines = answer.output().lines().toList();
            // What is wrong with each signature of the bad cases is the same many times over.
            lines.stream()
                    .skip(folder.isAcceptable() ? 0 : Math.max(0, lines.size() - 1L))
                    .forEach(line -> story.indented("  " + line));
            var said = answer.status() <= 1 ? Verdict.Said.of(answer.status() == 0) : Verdict.Said.NOTHING;
            verdicts.add(new Verdict(command, folder, said, answer.output()));
        }
        story.verdicts("chancery verify", Optional.empty(), verdicts);
    }

    /// A signature counts for whose key made it, whatever its file is called. So where the files are exchanged all
    /// would still be there; there jenkins-prd's file alone is looked at.
    private static List<String> ownVerification(Folder folder, String name) {
        var words = new ArrayList<>(List.of("verify", folder + "/" + name, "--keyring", "./keyring"));
        words.addAll(List.of("--require", "jenkins-prd"));
        words.addAll(
                folder == Folder.WRONG_KEY
                        ? List.of("--signature", folder + "/" + name + ".jenkins-prd.asc")
                        : List.of("--require", "1:qa,release", "--attested", "qa", "--param", DemoOffice.PARAMETER));
        return words;
    }

    /// The line of a checksum file, as sha256sum(1) writes it: a backslash in the name is doubled and
    /// announced.
    static byte[] checksumLine(String hex, String name) {
        String line = (name.contains("\\") ? "\\" : "") + hex + "  " + name.replace("\\", "\\\\") + "\n";
        return line.getBytes(StandardCharsets.UTF_8);
    }
}
