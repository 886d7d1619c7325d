// SPDX-License-Identifier: Apache-2.0
package dev.chancery.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// openssl judges our tags by the commands that `tag show --explain` prints, and `tag show` those that openssl and
/// base64 make in the form of stags. stags itself is not run: it wants an OpenSSL 1.
class TagIT {
    private static final String TAG = "bundle-jira-1.0";
    private static final String TEXT = "job: 42\n\n\tcommit: 1f0c9d2 \u00c4\n";
    private static final List<String> AUTHORITIES = List.of("jenkins-prd", "qa", "release");

    @TempDir
    private static Path root;

    private static Office office;

    @BeforeAll
    static void sign() throws IOException {
        StockTool.OPENSSL.require();
        office = Office.in(root);
        office.authority("jenkins-prd", "tag", "ecdsa-p256");
        office.authority("qa", "tag", "rsa-3072");
        office.authority("release", "tag", "rsa-4096");
        office.authority("other", "tag", "ecdsa-p256");
        Files.writeString(work("text"), TEXT);
        office.run("tag", "create", TAG, "text", "--as", "jenkins-prd", "--as", "qa", "--tags", "tags")
                .assertStatus(0);
        office.run("tag", "sign", TAG, "--as", "release", "--tags", "tags").assertStatus(0);
        office.run("keyring", "export", "--for", "openssl", "keys").assertStatus(0);
    }

    private static Path work(String name) {
        return office.work().resolve(name);
    }

    private static Answer shell(String script) {
        return Answer.to(office.work(), StockTool.environment(office.work(), Map.of()), List.of("sh", "-c", script));
    }

    /// What `tag show` would do, as it says, in a shell without us.
    private static Answer explained(String tags, String name) {
        var words = new ArrayList<>(List.of("tag", "show", name, "--tags", tags, "--explain"));
        AUTHORITIES.forEach(authority -> words.addAll(List.of("--require", authority)));
        var explanation = office.run(words).assertStatus(0);
        return shell(explanation.output());
    }

    private static Answer shown(String tags, String... more) {
        var words = new ArrayList<>(List.of("tag", "show", TAG, "--tags", tags));
        words.addAll(List.of(more));
        return office.run(words);
    }

    private static Path changed(String directory, String from, String to) throws IOException {
        Files.createDirectories(work(directory));
        String tag = Files.readString(work("tags").resolve(TAG + ".tag"));
        assertTrue(tag.contains(from), tag);
        return Files.writeString(work(directory).resolve(TAG + ".tag"), tag.replace(from, to));
    }

    @Test
    void stockToolsAcceptOurs() {
        var answer = explained("tags", TAG).assertStatus(0);
        assertEquals(TEXT, answer.output());
        assertEquals(3, answer.errors().lines().filter("Verified OK"::equals).count(), answer.toString());
        var ours = shown("tags", "--require", "3:jenkins-prd,qa,release").assertStatus(0);
        assertEquals(TEXT, ours.output());
        assertEquals("", ours.errors());
    }

    /// The same script, made for the good tag, over files that were changed afterwards.
    @Test
    void theyAndWeRefuseWhatWasChanged() throws IOException {
        String script = office.run(
                        "tag",
                        "show",
                        TAG,
                        "--tags",
                        "tags",
                        "--explain",
                        "--require",
                        "jenkins-prd",
                        "--require",
                        "qa")
                .assertStatus(0)
                .output()
                .replace("'tags/", "'changed/");
        String signature = Files.readString(work("tags").resolve(TAG + ".tag"))
                .lines()
                .dropWhile(line -> !line.equals("=== SIGNATURE qa"))
                .toList()
                .get(1);
        var changes = Map.of(
                "job: 42",
                "job: 43",
                "commit",
                "=== SIGNATURE x\ncommit",
                "tag: " + TAG,
                "tag: other",
                "=== SIGNATURE qa",
                "=== SIGNATURE qb",
                "=== SIGNATURE jenkins-prd",
                "=== SIGNATURE other",
                signature.substring(0, 8),
                "AAAAAAAA");
        for (var change : changes.entrySet()) {
            changed("changed", change.getKey(), change.getValue());
            var theirs = shell(script).assertFails();
            assertEquals("", theirs.output(), change.getKey());
            var ours = shown("changed", "--require", "jenkins-prd", "--require", "qa")
                    .assertFails();
            assertEquals("", ours.output(), change.getKey());
        }
        Files.delete(work("changed").resolve(TAG + ".tag"));
        assertEquals("", shell(script).assertFails().output());
        changed("changed", "x", "x");
        assertEquals(TEXT, shell(script).assertStatus(0).output(), "the script itself is right");
    }

    @Test
    void anotherKeyIsRefused() throws IOException {
        String script = office.run("tag", "show", TAG, "--tags", "tags", "--explain", "--require", "qa")
                .assertStatus(0)
                .output();
        assertEquals(
                "", shell(script.replace("keys/qa", "keys/other")).assertFails().output());
        assertEquals(
                "",
                shell(script.replace("keys/qa", "keys/release")).assertFails().output());
        shown("tags", "--require", "qa", "--require", "other").assertStatus(1).assertSays("REFUSED");
    }

    /// Keys and signatures as stags makes them, and its file.
    private static void foreign(String directory, String payload) throws IOException {
        Files.createDirectories(work(directory));
        Files.writeString(work(directory).resolve("payload"), payload);
        shell("cd " + directory + " && cp payload " + TAG + ".tag && "
                        + List.of("ci", "ops").stream()
                                .map(name -> ("openssl req -nodes -x509 -sha256 -newkey rsa:2048 -keyout NAME.key"
                                                + " -out NAME.crt -days 365 -subj '/CN=NAME Sign Key' &&"
                                                + " openssl x509 -in NAME.crt -pubkey -out NAME.pub &&"
                                                + " openssl dgst -sha256 -sign NAME.key -out NAME.raw payload &&"
                                                + " echo '=== SIGNATURE NAME' >>TAG.tag && base64 <NAME.raw >>TAG.tag")
                                        .replace("NAME", name)
                                        .replace("TAG", TAG))
                                .collect(Collectors.joining(" && ")))
                .assertStatus(0);
        Files.createDirectories(work(directory + "/keyring"));
        for (String name : List.of("ci", "ops")) {
            office.run(
                            "keyring",
                            "import",
                            directory + "/" + name + ".pub",
                            "--as",
                            name,
                            "--format",
                            "tag",
                            "--keyring",
                            directory + "/keyring")
                    .assertStatus(0);
        }
    }

    @Test
    void weAcceptTheirs() throws IOException {
        foreign("theirs", "tag: " + TAG + "\n" + TEXT);
        String[] both = {"--keyring", "theirs/keyring", "--require", "ci", "--require", "ops"};
        assertEquals(TEXT, shown("theirs", both).assertStatus(0).output());
        shown("theirs", "--keyring", "theirs/keyring", "--require", "qa").assertStatus(1);
        String file = Files.readString(work("theirs").resolve(TAG + ".tag"));
        Files.writeString(work("theirs").resolve(TAG + ".tag"), file.replace("42", "43"));
        assertEquals("", shown("theirs", both).assertStatus(1).output());
    }

    @Test
    void theirOldFilesAreReadWhereThatIsAskedFor() throws IOException {
        foreign("old", "hello\n");
        String[] unnamed = {"--keyring", "old/keyring", "--require", "ci", "--require", "ops", "--unnamed"};
        assertEquals("hello\n", shown("old", unnamed).assertStatus(0).output());
        shown("old", "--keyring", "old/keyring", "--require", "ci")
                .assertStatus(3)
                .assertSays("no name line");
        office.run("tag", "sign", TAG, "--tags", "old", "--as", "qa").assertStatus(3);
    }

    /// Processes, each with its own lock, over one tag.
    @Test
    void whoSignAtOnceLoseNoSignature() throws Exception {
        Files.createDirectories(work("together"));
        office.run("tag", "create", "t", "text", "--as", "qa", "--tags", "together")
                .assertStatus(0);
        var signers = IntStream.range(0, 5).mapToObj(i -> "signer-" + i).toList();
        signers.forEach(signer -> office.authority(signer, "tag", "ecdsa-p256"));
        try (var pool = Executors.newFixedThreadPool(signers.size())) {
            var answers = new ArrayList<Future<Answer>>();
            for (String signer : signers) {
                answers.add(pool.submit(() -> office.run("tag", "sign", "t", "--as", signer, "--tags", "together")));
            }
            for (var answer : answers) {
                answer.get().assertStatus(0);
            }
        }
        office.run("tag", "show", "t", "--tags", "together", "--require", "6:qa," + String.join(",", signers))
                .assertStatus(0);
    }

    /// Who has a file signed `raw` by the same authority gets nothing that counts for a tag.
    @Test
    void aRawSignatureIsNoTags() throws IOException {
        office.authority("both", "raw", "ecdsa-p256");
        office.run("authority", "add", "both", "--format", "tag").assertStatus(0);
        Files.createDirectories(work("forged"));
        Files.writeString(work("payload.txt"), "tag: t\nforged\n");
        office.run("sign", "payload.txt", "--as", "both", "--format", "raw").assertStatus(0);
        shell("{ cat payload.txt; echo '=== SIGNATURE both'; base64 <payload.txt.raw.sig; } >forged/t.tag")
                .assertStatus(0);
        var answer = office.run("tag", "show", "t", "--tags", "forged", "--require", "both")
                .assertStatus(1);
        assertEquals("", answer.output());
    }
}
