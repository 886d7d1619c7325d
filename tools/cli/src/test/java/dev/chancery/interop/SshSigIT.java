// SPDX-License-Identifier: Apache-2.0
package dev.chancery.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Our SSH signatures before `ssh-keygen -Y verify`, and those of ssh-keygen before `chancery verify`.
class SshSigIT {
    private static final List<String> ALGORITHMS = List.of("ed25519", "ecdsa-p256", "rsa-3072", "rsa-4096");
    private static final String FILE = "artifact.tar";
    /// Bytes: several of the reader's buffers and half a block.
    private static final int FILE_BYTES = 300_001;

    @TempDir
    private static Path root;

    private static Office office;

    @BeforeAll
    static void sign() throws IOException {
        StockTool.SSH_KEYGEN.require();
        office = Office.in(root);
        ALGORITHMS.forEach(algorithm -> office.authority(algorithm, "sshsig", algorithm));
        office.authority("other", "sshsig", "ed25519");
        office.run("authority", "add", "committer", "--format", "sshsig", "--namespace", "git")
                .assertStatus(0);
        byte[] content = new byte[FILE_BYTES];
        new Random(1).nextBytes(content);
        Files.write(work(FILE), content);
        var arguments = new ArrayList<>(List.of("sign", FILE, "--as", "committer", "--as", "other"));
        ALGORITHMS.forEach(algorithm -> arguments.addAll(List.of("--as", algorithm)));
        office.run(arguments).assertStatus(0);
        office.run("keyring", "export", "--for", "ssh", root.toString()).assertStatus(0);
    }

    private static Path work(String name) {
        return office.work().resolve(name);
    }

    private static Answer sshKeygen(Path signature, Path file, String... who) throws IOException {
        // What is signed comes on standard input, as bytes.
        var shell = new ArrayList<>(List.of(
                "sh", "-c", "file=$1; shift; exec ssh-keygen -Y verify \"$@\" < \"$file\"", "sh", file.toString()));
        shell.addAll(List.of("-f", root.resolve("allowed_signers").toString(), "-s", signature.toString()));
        shell.addAll(List.of(who));
        return Answer.to(office.work(), StockTool.environment(office.work(), Map.of()), shell);
    }

    private static Answer asFile(Path signature, Path file, String authority) throws IOException {
        return sshKeygen(signature, file, "-I", authority, "-n", "file");
    }

    @ParameterizedTest
    @ValueSource(strings = {"ed25519", "ecdsa-p256", "rsa-3072", "rsa-4096"})
    void sshKeygenAcceptsOurSignatureAndNoDamagedOne(String authority) throws IOException {
        Path signature = work(FILE + "." + authority + ".sshsig");
        asFile(signature, work(FILE), authority).assertStatus(0).assertSays("Good \"file\" signature for " + authority);
        asFile(signature, tamperedFile(), authority).assertFails();
        asFile(tamperedSignature(signature), work(FILE), authority).assertFails();
        asFile(signature, work(FILE), "other").assertFails();
        asFile(signature, work(FILE), "nobody").assertFails();
        sshKeygen(signature, work(FILE), "-I", authority, "-n", "git").assertFails();
        asFile(work("missing.sshsig"), work(FILE), authority).assertFails();
    }

    @Test
    void sshKeygenAcceptsASignatureForGitAsThatAndNothingElse() throws IOException {
        Path signature = work(FILE + ".committer.sshsig");
        sshKeygen(signature, work(FILE), "-I", "committer", "-n", "git").assertStatus(0);
        asFile(signature, work(FILE), "committer").assertFails();
    }

    private static Path tamperedFile() throws IOException {
        byte[] bytes = Files.readAllBytes(work(FILE));
        bytes[bytes.length / 2] ^= 1;
        return Files.write(work("tampered-file"), bytes);
    }

    /// The last bit of the value changed.
    private static Path tamperedSignature(Path signature) throws IOException {
        var lines = Files.readAllLines(signature);
        byte[] blob = Base64.getDecoder().decode(String.join("", lines.subList(1, lines.size() - 1)));
        blob[blob.length - 1] ^= 1;
        var tampered = List.of(lines.getFirst(), Base64.getEncoder().encodeToString(blob), lines.getLast());
        return Files.write(work("tampered-signature"), tampered);
    }

    @Test
    void chanceryAcceptsEachAndRefusesEachDamageForItsReason() throws IOException {
        var findings = office.verify(office.keyring(), "ed25519", List.of(FILE));
        ALGORITHMS.forEach(
                authority -> assertEquals("good " + authority, findings.get(FILE + "." + authority + ".sshsig")));
        assertEquals("good committer", findings.get(FILE + ".committer.sshsig"));
        for (String authority : ALGORITHMS) {
            Path signature = work(FILE + "." + authority + ".sshsig");
            assertReason("other-content", keyring(authority), signature, tamperedFile());
            assertReason("other-content", keyring(authority), tamperedSignature(signature), work(FILE));
            assertReason("unknown-key", keyring("other"), signature, work(FILE));
        }
        Path git = work(FILE + ".committer.sshsig");
        Path asFile = keyring("committer");
        Path line = asFile.resolve("one.sshsig.allowed_signers");
        assertReason("good one", asFile, git, work(FILE));
        Files.writeString(line, Files.readString(line).replace("namespaces=\"git\" ", ""));
        assertReason("unfit-key", asFile, git, work(FILE));
    }

    /// A keyring of one authority, always named `one`.
    private static Path keyring(String authority) throws IOException {
        Path keyring = Files.createDirectories(root.resolve("keyring-" + authority));
        String file = Files.readString(office.keyring().resolve(authority + ".sshsig.allowed_signers"));
        Files.writeString(keyring.resolve("one.sshsig.allowed_signers"), file.replaceFirst("^" + authority, "one"));
        return keyring;
    }

    private static void assertReason(String reason, Path keyring, Path signature, Path file) {
        var findings = office.verify(keyring, "one", List.of(file.toString(), "--signature", signature.toString()));
        assertEquals(List.of(reason), List.copyOf(findings.values()), signature + " over " + file);
    }

    /// Keys and signatures of ssh-keygen, by every algorithm that it has and in both hashes.
    @Test
    void chanceryJudgesWhatSshKeygenMakes() throws IOException {
        Path home = Files.createDirectories(root.resolve("ssh"));
        var types = Map.of(
                "ed25519", List.of("-t", "ed25519"),
                "p256", List.of("-t", "ecdsa", "-b", "256"),
                "p384", List.of("-t", "ecdsa", "-b", "384"),
                "rsa2048", List.of("-t", "rsa", "-b", "2048"),
                "rsa4096", List.of("-t", "rsa", "-b", "4096"));
        var lines = new StringBuilder();
        var expected = new HashMap<String, String>();
        var arguments = new ArrayList<>(List.of(FILE));
        for (var type : types.entrySet()) {
            lines.append("theirs ").append(made(home, type.getKey(), type.getValue()));
            for (String hash : List.of("sha256", "sha512")) {
                for (String namespace : List.of("file", "git")) {
                    String name = type.getKey() + "." + hash + "." + namespace;
                    signed(home, type.getKey(), List.of("-n", namespace, "-O", "hashalg=" + hash), name);
                    arguments.addAll(List.of("--signature", work(name).toString()));
                    expected.put(name, namespace.equals("file") ? "good theirs" : "unfit-key");
                }
            }
        }
        Path keyring = Files.createDirectories(root.resolve("keyring-theirs"));
        Files.writeString(keyring.resolve("theirs.sshsig.allowed_signers"), lines);
        assertEquals(expected, office.verify(keyring, "theirs", arguments));
        arguments.set(0, tamperedFile().toString());
        expected.replaceAll((name, reason) -> reason.startsWith("good") ? "other-content" : reason);
        assertEquals(expected, office.verify(keyring, "theirs", arguments));
    }

    @Test
    void chancerySaysWhyItRefusesACertificateAndAnUnknownCurve() throws IOException {
        Path home = Files.createDirectories(root.resolve("ssh-refused"));
        String line = "theirs " + made(home, "key", List.of("-t", "ed25519"));
        made(home, "authority", List.of("-t", "ed25519"));
        made(home, "p521", List.of("-t", "ecdsa", "-b", "521"));
        StockTool.SSH_KEYGEN
                .run(home, "-q", "-s", "authority", "-I", "id", "-n", "theirs", "key.pub")
                .assertStatus(0);
        signed(home, "key-cert.pub", List.of("-n", "file"), "certificate");
        signed(home, "p521", List.of("-n", "file"), "by-p521");
        Path keyring = Files.createDirectories(root.resolve("keyring-refused"));
        Files.writeString(keyring.resolve("theirs.sshsig.allowed_signers"), line);
        for (String name : List.of("certificate", "by-p521")) {
            var findings = office.verify(
                    keyring, "theirs", List.of(FILE, "--signature", work(name).toString()));
            assertEquals(Map.of(name, "unsupported"), findings);
        }
        Files.writeString(
                keyring.resolve("theirs.sshsig.allowed_signers"), line.replace("theirs", "theirs cert-authority"));
        office.run("verify", FILE, "--require", "theirs", "--keyring", keyring.toString())
                .assertStatus(3)
                .assertSays("certificates are not supported");
    }

    /// A new key; its public half as it stands in a file of theirs.
    private static String made(Path home, String name, List<String> type) throws IOException {
        var arguments = new ArrayList<>(List.of("-q", "-N", "", "-C", "a comment", "-f", name));
        arguments.addAll(type);
        StockTool.SSH_KEYGEN.run(home, Map.of(), arguments, "").assertStatus(0);
        return Files.readString(home.resolve(name + ".pub"), StandardCharsets.US_ASCII);
    }

    private static void signed(Path home, String key, List<String> options, String name) throws IOException {
        Path copy = Files.copy(work(FILE), home.resolve(name));
        var arguments = new ArrayList<>(List.of("-q", "-Y", "sign", "-f", key));
        arguments.addAll(options);
        arguments.add(copy.toString());
        StockTool.SSH_KEYGEN.run(home, Map.of(), arguments, "").assertStatus(0);
        Files.copy(home.resolve(name + ".sig"), work(name));
    }
}
