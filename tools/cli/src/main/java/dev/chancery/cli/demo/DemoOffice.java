// SPDX-License-Identifier: Apache-2.0
package dev.chancery.cli.demo;

import dev.chancery.core.Encoding;
import dev.chancery.core.FormatName;
import dev.chancery.core.UnavailableException;
import dev.chancery.format.FormatDescription;
import dev.chancery.key.KeyAlgorithm;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/// The office of the demonstration, and everything that is signed in it: by commands that anybody could type.
public final class DemoOffice {
    /// Two authorities sign in every format; a third and a fourth one show Ed25519 over the content itself,
    /// which is for small files.
    static final List<String> SIGNATORIES = List.of("jenkins-prd", "qa");

    static final String THIRD = "release";
    static final String FOURTH = "security";

    /// What is stated about the file.
    static final String PARAMETER = "job=42";

    private static final FormatName RAW = new FormatName("raw");
    /// Signs the content itself: no large file.
    private static final FormatName SIGNIFY = new FormatName("signify");

    private final Chancery chancery;
    private final Path directory;
    private final Story story;
    private final List<Specimen> specimens = new ArrayList<>();

    DemoOffice(Chancery chancery, Path directory, Story story) {
        this.chancery = chancery;
        this.directory = directory;
        this.story = story;
    }

    void open() {
        story.indented("$ export CHANCERY_HOME=$PWD/office");
        done("init");
        SIGNATORIES.forEach(this::addForEveryFormat);
        for (String authority : List.of(THIRD, FOURTH)) {
            done("authority", "add", authority, "--format", RAW.text(), "--algorithm", KeyAlgorithm.ED25519.label());
        }
        done("keyring", "export", "./keyring");
        new TreeSet<>(StockVerifier.ALL.stream()
                        .map(verifier -> verifier.tool().keys())
                        .toList())
                .forEach(tool -> done("keyring", "export", "--for", tool, "./keys"));
    }

    /// Not version 6 of OpenPGP, which is for those who asked for it: few machines have a tool that reads it. Nor what
    /// is for container images alone.
    public static boolean shows(FormatName format) {
        return !Set.of("openpgp6", "notation").contains(format.text());
    }

    private void addForEveryFormat(String authority) {
        var words = new ArrayList<>(List.of("authority", "add", authority));
        chancery.formats()
                .forEach(
                        format -> words.addAll(List.of("--format", format.name().text())));
        done(words.toArray(String[]::new));
    }

    /// Signs the file in every detached encoding of every format, and its checksum where text and signature
    /// are one document, or the content itself is signed.
    List<Specimen> sign(String file, String checksum) {
        for (FormatDescription format : chancery.formats()) {
            for (var written : format.encodings()) {
                boolean small = written.encoding() == Encoding.CLEARTEXT
                        || format.name().equals(SIGNIFY);
                String artifact = small ? checksum : file;
                sign(format, written.encoding(), artifact);
                var form = new Specimen.Form(format.name(), written.encoding(), format.defaultAlgorithm());
                SIGNATORIES.forEach(
                        authority -> specimens.add(new Specimen(authority, form, artifact, written.suffix())));
            }
        }
        signAsOthers(checksum);
        return specimens;
    }

    private void sign(FormatDescription format, Encoding encoding, String artifact) {
        boolean states = format.signs() == FormatDescription.Signs.STATEMENT;
        var words = new ArrayList<>(List.of(states ? "attest" : "sign", "good/" + artifact));
        SIGNATORIES.forEach(authority -> words.addAll(List.of("--as", authority)));
        words.addAll(
                states
                        ? List.of("--param", PARAMETER)
                        : List.of("--format", format.name().text(), "--encoding", encoding.label()));
        done(words.toArray(String[]::new));
    }

    private void signAsOthers(String checksum) {
        var raw = chancery.formats().stream()
                .filter(format -> format.name().equals(RAW))
                .findFirst()
                .orElseThrow();
        done("sign", "good/" + checksum, "--as", THIRD, "--as", FOURTH);
        var form = new Specimen.Form(RAW, raw.defaultEncoding(), KeyAlgorithm.ED25519);
        for (String authority : List.of(THIRD, FOURTH)) {
            specimens.add(new Specimen(authority, form, checksum, raw.suffix(raw.defaultEncoding())));
        }
    }

    /// Runs a command that has to succeed; it has told why if it does not.
    private void done(String... words) {
        var command = command(List.of(words));
        story.command(command);
        int status = run(command).status();
        if (status != 0) {
            throw new UnavailableException("the demo's command '%s' ended with status %d".formatted(command, status));
        }
    }

    static ShellCommand command(List<String> words) {
        var line = new ArrayList<>(List.of("chancery"));
        line.addAll(words);
        return ShellCommand.of(line.toArray(String[]::new));
    }

    /// Runs a command line as if in the demo's directory: this process cannot change to it.
    Chancery.Answer run(ShellCommand command) {
        var words = command.words().stream().skip(1).map(this::resolved).toList();
        var answer = chancery.run(directory.resolve("office"), words);
        return new Chancery.Answer(answer.status(), answer.output().replace(directory + "/", ""));
    }

    private String resolved(String word) {
        return word.contains("/") ? directory.resolve(word).normalize().toString() : word;
    }
}
