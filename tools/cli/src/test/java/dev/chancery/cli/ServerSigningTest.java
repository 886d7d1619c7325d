// SPDX-License-Identifier: Apache-2.0
package dev.chancery.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `sign` and `attest` by a server, and `verify --log`: a real server, a real enclave, a real log.
class ServerSigningTest {
    @TempDir
    private static Path root;

    private static ServedOffice office;

    @BeforeAll
    static void serve() throws IOException {
        office = ServedOffice.in(root);
    }

    @AfterAll
    static void stop() {
        office.close();
    }

    private static ServedOffice.Said verify(Path file, String... more) {
        var words = new ArrayList<>(List.of("verify", file.toString(), "--keyring", office.keyring()));
        words.addAll(List.of(more));
        return ServedOffice.run(Map.of(), words);
    }

    @Test
    void everyFormatIsSignedWithAReceiptThatVerifiesOffline() throws IOException {
        Path file = office.file("all.txt", "hello\n");
        office.run("sign", file.toString(), "--as", "release", "--as", "qa").assertStatus(0);
        for (String suffix : List.of(
                "release.asc",
                "release.raw.sig",
                "release.sigstore.json",
                "release.p7s",
                "qa.signify.sig",
                "qa.openpgp6.asc")) {
            assertTrue(Files.exists(office.file("all.txt." + suffix + ".tlog-proof")), suffix);
        }
        var said = verify(file, "--require", "release", "--require", "qa", "--log", office.logKey())
                .assertStatus(0)
                .assertSays(" of log.test");
        assertEquals(
                6,
                said.output()
                        .lines()
                        .filter(line -> line.contains(", logged as entry "))
                        .count(),
                said.output());
        assertFalse(said.output().contains("does not count"), said.output());
        verify(file, "--require", "release", "--json", "--log", office.logKey())
                .assertStatus(0)
                .assertSays("\"log\": \"log.test\"");
        verify(file, "--require", "release").assertStatus(0);
    }

    @Test
    void documentsStatementsAndStandardInputAreSignedToo() throws IOException {
        Path text = office.file("notes.txt", "- dashed\nlast line");
        Path document = office.file("Notes.txt");
        office.run(
                        "sign",
                        text.toString(),
                        "--as=release",
                        "--encoding=cleartext",
                        "--format=openpgp",
                        "--output",
                        document.toString())
                .assertStatus(0);
        verify(document, "--require", "release", "--log", office.logKey()).assertStatus(0);
        Path stated = office.file("stated.txt", "stated\n");
        office.run("attest", stated.toString(), "--as", "release", "--param", "job=42")
                .assertStatus(0);
        verify(stated, "--require", "release", "--param", "job=42", "--log", office.logKey())
                .assertStatus(0);
        Path directory = Files.createDirectories(office.file("dir"));
        Files.writeString(directory.resolve("a"), "a");
        office.run("attest", directory.toString(), "--as", "release").assertStatus(0);
        office.run("sign", "--as", "release", "--format", "raw", "--output", "-")
                .assertStatus(0);
    }

    /// The server has the enclave's salt hashed before what is streamed to it; the same content sent again is
    /// the same request, though its salt is another one.
    @Test
    void aStreamedContentIsSaltedByTheServerAndMaybeSentAgain() throws IOException, InterruptedException {
        Path file = office.file("salted.txt", "salted\n");
        byte[] first = office.stream(file, "qa", "openpgp6", "once-1");
        assertArrayEquals(first, office.stream(file, "qa", "openpgp6", "once-1"));
        Files.write(office.file("salted.txt.openpgp6.asc"), first);
        verify(file, "--require", "qa").assertStatus(0);
    }

    /// A batch of which one is refused: the others are written.
    @Test
    void oneFailureDoesNotFailTheRest() throws IOException {
        var words = new ArrayList<>(List.of("sign", "--as", "release", "--format", "raw"));
        for (String name : List.of("b1.txt", "b2.secret", "b3.txt")) {
            words.add(office.file(name, name).toString());
        }
        office.run(words.toArray(String[]::new))
                .assertStatus(4)
                .assertSays("b2.secret  not signed: ")
                .assertSays("1 of 3 were not signed; the first is ");
        assertTrue(
                Files.exists(office.file("b1.txt.raw.sig")) && Files.exists(office.file("b3.txt.raw.sig.tlog-proof")));
        assertFalse(Files.exists(office.file("b2.secret.raw.sig")));
    }

    @Test
    void moreFilesThanABatchTakesGoInSeveral() throws IOException {
        var words = new ArrayList<>(List.of("sign", "--as", "release", "--format", "raw", "--no-receipt"));
        for (int i = 0; i < 1_001; i++) {
            words.add(office.file("many%d.txt".formatted(i), "content " + i).toString());
        }
        var said = office.run(words.toArray(String[]::new)).assertStatus(0);
        assertEquals(1_001, said.output().lines().count());
        assertFalse(Files.exists(office.file("many7.txt.raw.sig.tlog-proof")));
        verify(office.file("many1000.txt"), "--require", "release").assertStatus(0);
        verify(office.file("many1000.txt"), "--require", "release", "--log", office.logKey())
                .assertStatus(1)
                .assertSays("no receipt lies beside it");
    }

    @Test
    void aReceiptThatIsAnotherOnesOrChangedOrOfAnotherLogProvesNothing() throws IOException {
        Path one = office.file("one.txt", "one\n");
        Path two = office.file("two.txt", "two\n");
        for (String format : List.of("openpgp", "sigstore")) {
            office.run("sign", one.toString(), two.toString(), "--as", "release", "--format", format)
                    .assertStatus(0);
        }
        assertUnproven(
                one, "one.txt.asc.tlog-proof", "two.txt.asc.tlog-proof", "the receipt is about another signature file");
        assertUnproven(
                one,
                "one.txt.sigstore.json.tlog-proof",
                "two.txt.sigstore.json.tlog-proof",
                "about another bundle's signature");
        for (String receipt : List.of("two.txt.asc.tlog-proof", "two.txt.sigstore.json.tlog-proof")) {
            byte[] bytes = Files.readAllBytes(office.file(receipt));
            bytes[bytes.length - 20] = (byte) (bytes[bytes.length - 20] == 'A' ? 'B' : 'A');
            Files.write(office.file(receipt), bytes);
        }
        verify(two, "--require", "release", "--log", office.logPolicy().toString())
                .assertStatus(1)
                .assertSays("its receipt two.txt.asc.tlog-proof does not prove that it is logged: ");
        verify(one, "--require", "release", "--log", office.otherLogKey())
                .assertStatus(1)
                .assertSays("does not prove that it is logged: ");
    }

    private static void assertUnproven(Path file, String receipt, String other, String sentence) throws IOException {
        byte[] good = Files.readAllBytes(office.file(receipt));
        Files.copy(office.file(other), office.file(receipt), StandardCopyOption.REPLACE_EXISTING);
        verify(file, "--require", "release", "--log", office.logKey()).assertSays(sentence);
        Files.write(office.file(receipt), good);
    }

    /// Whoever gives out keys of his own is found out by who has a keyring.
    @Test
    void publicKeysOfOnesOwnAreBelievedBeforeTheServers() throws IOException {
        Path file = office.file("own.txt", "own\n");
        Path empty = Files.createDirectories(office.file("empty"));
        office.run("sign", file.toString(), "--as", "release", "--keyring", empty.toString())
                .assertStatus(5)
                .assertSays("is not in the keyring " + empty);
        var strange = new HashMap<>(office.environment());
        strange.put(
                "CHANCERY_HOME", Files.createDirectories(office.file("home")).toString());
        Files.createDirectories(office.file("home/keyring"));
        ServedOffice.run(strange, List.of("sign", file.toString(), "--as", "release"))
                .assertStatus(5)
                .assertSays("is not in the keyring ");
        assertFalse(Files.exists(office.file("own.txt.asc")));
        office.run("sign", file.toString(), "--as", "release", "--keyring", office.keyring())
                .assertStatus(0);
    }

    @Test
    void aClientCertificateIsACredential() throws IOException {
        String file = office.file("certified.txt", "certified\n").toString();
        var certified = new HashMap<>(office.environment());
        certified.remove("CHANCERY_TOKEN_FILE");
        var words = List.of(
                "sign",
                file,
                "--as=release",
                "--format=raw",
                "--client-certificate",
                office.root().resolve("client.pem").toString(),
                "--client-key",
                office.root().resolve("client.key").toString());
        ServedOffice.run(certified, words).assertStatus(0);
        ServedOffice.run(certified, words.subList(0, 6)).assertStatus(2).assertSays("go together");
    }

    @Test
    void whoIsNobodyOrAsksForNothingIsTold() throws IOException {
        String file = office.file("nobody.txt", "nobody\n").toString();
        office.run("sign", file, "--as", "stranger").assertStatus(4).assertSays("knows no authority stranger");
        var nobody = new HashMap<>(office.environment());
        nobody.remove("CHANCERY_TOKEN_FILE");
        ServedOffice.run(nobody, List.of("sign", file, "--as", "release"))
                .assertStatus(4)
                .assertSays("CHANCERY_TOKEN");
        nobody.put(
                "CHANCERY_TOKEN",
                Files.readString(office.root().resolve("token")).strip());
        ServedOffice.run(nobody, List.of("sign", file, "--as", "release", "--format", "raw"))
                .assertStatus(0);
        nobody.remove("CHANCERY_SERVER_CERTIFICATE");
        ServedOffice.run(nobody, List.of("sign", file, "--as", "release"))
                .assertStatus(4)
                .assertSays("--server-certificate");
        ServedOffice.run(nobody, List.of("sign", file, "--as", "release", "--server", "http://chancery.example.com"))
                .assertStatus(2);
        office.run("sign", file, "--as", "release", "--format", "cms", "--join")
                .assertStatus(2)
                .assertSays("--no-receipt");
        office.run("sign", file, "--as", "release", "--format", "cms", "--join", "--no-receipt")
                .assertStatus(0);
    }

    /// Receipts hold offline under a policy that demands the log's witness, and under none that demands
    /// another's.
    @Test
    void receiptsHaveTheWitnesssCosignature() throws IOException {
        Path file = office.file("witnessed.txt", "witnessed\n");
        office.run("sign", file.toString(), "--as", "release", "--format", "raw", "--format", "sigstore")
                .assertStatus(0);
        verify(file, "--require", "release", "--log", office.logPolicy().toString())
                .assertStatus(0)
                .assertSays("logged as entry ");
        String policy = Files.readString(office.logPolicy());
        var words = policy.lines().skip(1).findFirst().orElseThrow().split(" ", -1);
        String other = policy.replace(words[2], VerifierKeys.another("witness.test", office.root()));
        Path stranger = Files.writeString(office.root().resolve("stranger.policy"), other);
        verify(file, "--require", "release", "--log", stranger.toString())
                .assertStatus(1)
                .assertSays("the quorum \"one\" has not cosigned the checkpoint");
    }
}
