// SPDX-License-Identifier: Apache-2.0
package dev.chancery.cli.gpg;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What `chancery-gpg` takes, signs and refuses.
class GpgTest extends GpgOffice {
    private static final String OBJECT = "object 1234567812345678123456781234567812345678\ntype commit\n";
    private static final String TREE = "tree 1234567812345678123456781234567812345678\n";

    /// As git asks: `gpg --status-fd=2 -bsau KEY`, content on standard input.
    @Test
    void itSignsAsGitAsks() {
        var said = gpgReading(TREE + "author x\n", "--status-fd=2", "-bsau", "release")
                .is(0);
        assertTrue(said.output().startsWith("-----BEGIN PGP SIGNATURE-----\n"), said.output());
        said.says("[GNUPG:] SIG_CREATED D 22 10 00 ");
        assertTrue(said.errors().contains(" " + subkey + "\n"), said.errors());
    }

    /// As maven-gpg-plugin asks; as aptly, debsign and Gradle ask.
    @Test
    void itSignsAsBuildToolsAsk() throws IOException {
        Path asc = directory.resolve("file.asc");
        List<String> asked = List.of(
                "--batch --pinentry-mode loopback --passphrase-fd 0 --local-user release --armor --detach-sign"
                        + " --batch --no-tty --pinentry-mode error --output ASC FILE",
                "-o ASC --digest-algo SHA256 --armor --yes --default-key release --no-tty --batch --detach-sign FILE",
                "--local-user release --clearsign --list-options no-show-policy-urls --armor --textmode --yes"
                        + " --output ASC FILE");
        for (String line : asked) {
            String[] words = line.replace("ASC", asc.toString())
                    .replace("FILE", file.toString())
                    .split(" ", -1);
            assertEquals("", gpgReading("a passphrase\n", words).is(0).output());
            var arguments = new ArrayList<>(List.of("--verify", asc.toString()));
            if (!Files.readString(asc).contains("SIGNED MESSAGE")) {
                arguments.add(file.toString());
            }
            gpg(arguments.toArray(String[]::new)).is(0).says("Good signature from \"release\", authority release");
        }
        var said = gpgReading(
                        "a passphrase\ncontent\n",
                        "--local-user",
                        "release",
                        "--batch",
                        "--passphrase-fd",
                        "0",
                        "--detach-sign",
                        "--output",
                        "-")
                .is(0);
        Path signature =
                Files.write(directory.resolve("other.sig"), said.bytes().toArray());
        gpg("--verify", signature.toString(), file.toString()).is(0);
    }

    @ParameterizedTest
    @CsvSource({"-b,.sig", "-ba,.asc", "--clearsign,.asc", "-sb,.sig"})
    void withoutOutputItWritesBesideTheFile(String how, String suffix) {
        gpg(how, "-u", "release", file.toString()).is(0);
        assertTrue(Files.exists(Path.of(file + suffix)));
        gpg(how, "-u", "release", file.toString()).is(2).says("exists and is not overwritten");
        gpg(how, "-u", "release", "--yes", file.toString()).is(0);
    }

    @Test
    void aSignerIsAnAuthorityOrWhatItsCertificateSays() {
        for (String name : List.of(
                "release",
                "=release",
                fingerprint,
                fingerprint.toLowerCase(java.util.Locale.ROOT),
                "0x" + fingerprint.substring(24),
                subkey,
                subkey + "!")) {
            gpgReading("x", "-bu", name, "--status-fd", "2").is(0).says(" " + subkey + "\n");
        }
        gpgReading("x", "-bu", fingerprint + "!").is(2).says("chancery: ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"nobody", "Somebody <somebody@example.org>", "sealer", "0123456789ABCDEF", "deadbeef", ""})
    void whoIsNotInTheKeyringSignsNothing(String name) {
        var said = gpgReading("x", "--status-fd", "2", "-bu", name).is(2).says("no authority of the keyring has");
        said.says("[GNUPG:] INV_SGNR 9 ").says("[GNUPG:] FAILURE sign 17\n");
        assertEquals("", said.output());
    }

    @Test
    void thereIsNoDefaultSignerAndOnlyOneAtATime() {
        gpgReading("x", "-b").is(2).says("there is no default");
        gpgReading("x", "-b", "-u", "qa", "-u", "release").is(2).says("one signer at a time");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--encrypt",
                "-e",
                "--decrypt",
                "--gen-key",
                "--import",
                "--export-secret-keys",
                "--list-keys",
                "-bz9",
                "--batch=1",
                "--server",
                "--keyring=x",
                "--no-default-keyring"
            })
    void whatItHasNotIsRefusedByName(String option) {
        gpgReading("x", option, "-u", "release", "-b").is(2).says("is none that chancery-gpg has");
    }

    @Test
    void whatDoesNotFitTogetherIsRefused() {
        String name = file.toString();
        gpg("-s", "-u", "release", name).is(2).says("a message with its content in it");
        gpg("-u", "release", name).is(2).says("say what to do");
        gpg("-bt", "-u", "release", name).is(2).says("--textmode");
        gpg("-b", "--clearsign", "-u", "release", name).is(2).says("two things cannot be done at once");
        gpg("-b", "-u", "release", name, name).is(2).says("one file at a time");
        gpg("-b", "-u").is(2).says("option -u needs a value");
        gpg("-b", "--digest-algo", "SHA1", "-u", "release", name).is(2).says("digest \"SHA1\" is not one of");
        gpg("-b", "--status-fd", "x", "-u", "release", name).is(2).says("not the number of a file descriptor");
        gpg("--verify").is(2).says("--verify takes the signature's file");
        gpg("--verify", name).is(2).says("which file");
        gpg("--verify", "--output", "x", name + ".asc").is(2).says("--output is not for --verify");
        assertFalse(Files.exists(Path.of(name + ".sig")));
    }

    @Test
    void aFileNameThatLooksLikeAnOptionIsAFile() throws IOException {
        Path dash = Files.writeString(Path.of("-dash"), "x");
        try {
            gpg("-b", "-u", "release", "-o", directory.resolve("s").toString(), "--", "-dash")
                    .is(0);
            gpg("--verify", "--", directory.resolve("s").toString(), "-dash").is(0);
        } finally {
            Files.delete(dash);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "git-tag-v1.0, tag v1.0",
        "git-tag-a-b, tag a/b",
        "stdin, tag with a space",
        "stdin, other",
    })
    void aTagIsNamedByItsName(String expected, String line) {
        assertEquals(expected, named(OBJECT + line + "\ntagger x\n"));
    }

    @Test
    void aCommitIsNamedOne() {
        assertEquals("git-commit", named(TREE + "parent x\n"));
        assertEquals("git-commit", named(TREE + "author x\n"));
        assertEquals("stdin", named(TREE));
        assertEquals("stdin", named(""));
        assertEquals("stdin", named(OBJECT + "tag " + "x".repeat(201) + "\n"));
        assertEquals("git-tag-" + "x".repeat(200), named(OBJECT + "tag " + "x".repeat(200) + "\n"));
    }

    private static String named(String content) {
        return GitObject.name(new ByteArrayInputStream(content.getBytes(UTF_8)));
    }

    @Test
    void aNameGivenForStandardInputIsTheArtifacts() throws IOException {
        gpgReading("x", "-bu", "release", "--set-filename", "thing.tar").is(0);
        String audit = Files.readString(office.resolve("audit.jsonl"));
        assertTrue(audit.lines().toList().getLast().contains("\"artifact\":\"thing.tar\""), audit);
    }

    @Test
    void itHandsOutCertificates() {
        String all = gpg("--armor", "--export").is(0).output();
        assertTrue(all.contains(gpg("-a", "--export", "qa").is(0).output()));
        assertTrue(all.contains(gpg("-a", "--export", fingerprint).is(0).output()));
        assertTrue(gpg("--export").is(0).bytes().length() < all.length());
        gpg("--export", "nobody").is(2).says("no authority of the keyring has");
        gpg("--export", "-o", "x").is(2).says("writes to standard output");
    }

    @Test
    void itSaysWhatItIs() {
        assertTrue(gpg("--version").is(0).output().matches("gpg \\(Chancery\\) \\d+\\.\\d+\\.\\d+\n"));
        String help = gpg("--help").is(0).output();
        assertTrue(help.startsWith("Usage: chancery-gpg "), help);
        assertTrue(help.lines().allMatch(line -> line.length() <= 120), help);
    }

    @Test
    void aPassphraseWithoutEndIsNotReadForEver() {
        gpgReading("p".repeat(1 << 12) + "\nx", "--passphrase-fd", "0", "-bu", "qa")
                .is(0);
        gpgReading("p".repeat((1 << 12) + 1) + "\nx", "--passphrase-fd", "0", "-bu", "qa")
                .is(2)
                .says("more than 4096");
    }
}
