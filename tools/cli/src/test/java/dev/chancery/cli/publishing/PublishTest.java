// SPDX-License-Identifier: Apache-2.0
package dev.chancery.cli.publishing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.chancery.cli.ServedOffice;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// `publish` and `fetch` of what a server signed and logged. The place is a directory; a web server is one in
/// `PlacesIT`.
class PublishTest {
    private static final List<String> BESIDE =
            List.of(".qa.signify.sig", ".qa.signify.sig.tlog-proof", ".release.asc", ".release.asc.tlog-proof");

    @TempDir
    private static Path root;

    private static ServedOffice office;
    private static Path built;

    @TempDir
    private Path directory;

    private Path place;
    private Path installed;

    @BeforeAll
    static void sign() throws IOException {
        office = ServedOffice.in(root);
        built = Files.createDirectory(root.resolve("built"));
        for (String name : List.of("app-1.txt", "app-2.txt", "other.txt")) {
            String file = Files.writeString(built.resolve(name), "content of " + name + "\n")
                    .toString();
            office.run("sign", file, "--as", "release", "--format", "openpgp", "--per-authority")
                    .assertStatus(0);
            office.run("sign", file, "--as", "qa", "--format", "signify", "--per-authority")
                    .assertStatus(0);
        }
    }

    @AfterAll
    static void stop() {
        office.close();
    }

    @BeforeEach
    void makePlaces() throws IOException {
        place = Files.createDirectory(directory.resolve("place"));
        installed = Files.createDirectory(directory.resolve("installed"));
    }

    private ServedOffice.Said publish(String name, String... more) {
        var words = new ArrayList<>(List.of(
                "publish", built.resolve(name).toString(), "--to", place.toString(), "--keyring", office.keyring()));
        words.addAll(List.of(more));
        return office.run(words.toArray(String[]::new));
    }

    private ServedOffice.Said fetch(String name, String... more) {
        var words = new ArrayList<>(List.of(
                "fetch",
                place.resolve(name).toString(),
                "--output",
                installed.toString(),
                "--keyring",
                office.keyring()));
        words.addAll(List.of(more));
        return office.run(words.toArray(String[]::new));
    }

    private static List<String> names(Path folder) throws IOException {
        try (var files = Files.list(folder)) {
            return files.map(file -> String.valueOf(file.getFileName()))
                    .sorted()
                    .toList();
        }
    }

    private static List<String> all(String name) {
        var names = new ArrayList<>(List.of(name));
        BESIDE.forEach(suffix -> names.add(name + suffix));
        return names;
    }

    @Test
    void whatThePolicyAcceptsIsThereWithAllThatBelongsToIt() throws IOException {
        publish("app-1.txt", "--require", "2:release,qa", "--log", office.logKey(), "--named")
                .assertStatus(0)
                .assertSays("published in");
        assertEquals(all("app-1.txt"), names(place));
        for (String name : names(place)) {
            assertEquals(-1, Files.mismatch(built.resolve(name), place.resolve(name)));
        }
        fetch("app-1.txt", "--require", "2:release,qa", "--log", office.logKey(), "--named")
                .assertStatus(0)
                .assertSays("ACCEPTED");
        assertEquals(all("app-1.txt"), names(installed));
        publish("app-1.txt", "--require", "qa").assertStatus(0).assertSays("is there already");
    }

    @Test
    void whatThePolicyRefusesIsNotWrittenNorWhatWasNamedWithIt() throws IOException {
        publish("app-1.txt", "--require", "2:release,qa,security").assertStatus(0);
        publish("app-2.txt", "--require", "security").assertStatus(1).assertSays("nothing was published");
        publish("app-2.txt", "--require", "2:release,security").assertStatus(1);
        assertEquals(all("app-1.txt"), names(place));
        Path unsigned = Files.writeString(directory.resolve("unsigned.txt"), "x");
        publish("other.txt", unsigned.toString(), "--require", "qa")
                .assertStatus(1)
                .assertSays("unsigned.txt");
        assertEquals(all("app-1.txt"), names(place));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4})
    void whatWasCutOffGoesOn(int arrived) throws IOException {
        publish("app-1.txt", "--require", "qa").assertStatus(0);
        // The order in which they are written: signatures, receipts, the artifact.
        var order =
                List.of(".qa.signify.sig", ".release.asc", ".qa.signify.sig.tlog-proof", ".release.asc.tlog-proof", "");
        for (String suffix : order.subList(arrived, order.size())) {
            Files.delete(place.resolve("app-1.txt" + suffix));
        }
        publish("app-1.txt", "--require", "qa").assertStatus(0).assertSays("published in");
        assertEquals(all("app-1.txt"), names(place));
    }

    @Test
    void anotherFileOfTheNameStaysAndNothingElseIsWritten() throws IOException {
        for (String taken : List.of("app-2.txt", "app-2.txt.qa.signify.sig", "app-2.txt.release.asc.tlog-proof")) {
            Path other = Files.writeString(place.resolve(taken), "another");
            publish("app-2.txt", "--require", "qa").assertStatus(4).assertSays("has another " + taken);
            assertEquals(List.of(taken), names(place));
            assertEquals("another", Files.readString(other));
            Files.delete(other);
        }
    }

    @Test
    void aDryRunWritesNothing() throws IOException {
        publish("app-1.txt", "--require", "qa", "--dry-run").assertStatus(0).assertSays("would be published");
        assertEquals(List.of(), names(place));
    }

    @Test
    void aSignatureThatDoesNotCountStaysBehind() throws IOException {
        Path mine = Files.createDirectory(directory.resolve("mine"));
        for (String name : all("app-1.txt")) {
            Files.copy(built.resolve(name), mine.resolve(name));
        }
        Files.copy(
                built.resolve("other.txt.qa.signify.sig"),
                mine.resolve("app-1.txt.qa.signify.sig"),
                StandardCopyOption.REPLACE_EXISTING);
        String file = mine.resolve("app-1.txt").toString();
        office.run("publish", file, "--to", place.toString(), "--keyring", office.keyring(), "--require", "release")
                .assertStatus(0)
                .assertSays("app-1.txt.qa.signify.sig stays behind, for it does not count");
        assertEquals(List.of("app-1.txt", "app-1.txt.release.asc", "app-1.txt.release.asc.tlog-proof"), names(place));
    }

    @Test
    void answersInJsonNameEveryFileAndItsDigest() {
        publish("app-1.txt", "--require", "qa", "--json")
                .assertStatus(0)
                .assertSays("\"name\": \"app-1.txt.qa.signify.sig\"");
        publish("app-2.txt", "--require", "nobody", "--json").assertStatus(1).assertSays("\"refused\": [");
        fetch("app-1.txt", "--require", "qa", "--json").assertStatus(0).assertSays("\"fetched\": [");
    }

    private void assertRefused(String name, String why, String... more) throws IOException {
        fetch(name, more).assertStatus(1).assertSays("REFUSED").assertSays(why);
        assertEquals(List.of(), names(installed), "nothing unverified has a name, and nothing hidden is left");
    }

    @Test
    void aReplacedArtifactIsNotLetIn() throws IOException {
        publish("app-1.txt", "--require", "2:release,qa").assertStatus(0);
        Files.writeString(place.resolve("app-1.txt"), "replaced");
        assertRefused("app-1.txt", "did not sign this content", "--require", "release");
    }

    @Test
    void aMissingOrExchangedSignatureDoesNotCount() throws IOException {
        publish("app-1.txt", "--require", "2:release,qa").assertStatus(0);
        Path signature = place.resolve("app-1.txt.release.asc");
        Files.delete(signature);
        assertRefused("app-1.txt", "still needs", "--require", "2:release,qa");
        Files.copy(built.resolve("app-2.txt.release.asc"), signature);
        assertRefused("app-1.txt", "did not sign this content", "--require", "2:release,qa");
        Files.delete(place.resolve("app-1.txt.qa.signify.sig.tlog-proof"));
        assertRefused("app-1.txt", "no receipt lies beside it", "--require", "qa", "--log", office.logKey());
        fetch("app-1.txt", "--require", "qa").assertStatus(0);
    }

    /// Everything of the old version, under the new one's names: each signature is right, and only the log knows.
    @Test
    void anOldVersionUnderANewNameIsRefusedWhereTheNameIsDemanded() throws IOException {
        for (String suffix : all("")) {
            Files.copy(built.resolve("app-1.txt" + suffix), place.resolve("app-2.txt" + suffix));
        }
        assertRefused(
                "app-2.txt",
                "the receipt is about an artifact of another name, \"app-1.txt\"",
                "--require",
                "release",
                "--log",
                office.logKey(),
                "--named");
        fetch("app-2.txt", "--require", "release", "--log", office.logKey()).assertStatus(0);
    }

    @Test
    void whatIsThereAlreadyIsNotOverwritten() throws IOException {
        publish("app-1.txt", "--require", "qa").assertStatus(0);
        Path mine = Files.writeString(installed.resolve("app-1.txt"), "mine");
        fetch("app-1.txt", "--require", "qa").assertStatus(3).assertSays("exists and is not overwritten");
        Files.delete(mine);
        Files.writeString(installed.resolve("app-1.txt.qa.signify.sig"), "mine");
        fetch("app-1.txt", "--require", "qa").assertStatus(3).assertSays("app-1.txt.qa.signify.sig exists");
        assertFalse(Files.exists(mine));
        Files.copy(
                built.resolve("app-1.txt.qa.signify.sig"),
                installed.resolve("app-1.txt.qa.signify.sig"),
                StandardCopyOption.REPLACE_EXISTING);
        fetch("app-1.txt", "--require", "qa").assertStatus(0);
        assertTrue(Files.exists(mine));
    }

    @Test
    void whatIsNotThereIsUnavailable() throws IOException {
        fetch("none.txt", "--require", "qa").assertStatus(5).assertSays("has no none.txt");
        assertEquals(List.of(), names(installed));
        fetch("app-1.txt").assertStatus(2).assertSays("say who must have signed");
        fetch("app-1.txt", "--require", "qa", "--named").assertStatus(2).assertSays("--named is for --log");
    }
}
