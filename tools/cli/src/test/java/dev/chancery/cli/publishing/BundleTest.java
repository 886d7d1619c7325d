// SPDX-License-Identifier: Apache-2.0
package dev.chancery.cli.publishing;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.chancery.cli.ServedOffice;
import dev.chancery.cli.packages.StoredZip;
import dev.chancery.cli.packages.StoredZipFile;
import dev.chancery.core.Bytes;
import dev.chancery.trust.TrustedKeyring;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Bundles of what a server signed and logged, carried to a host without a network. The stock commands of the README
/// are run in `BundleIT`.
class BundleTest {
    private static final List<String> NAMES = List.of("one.txt", "two.txt");

    @TempDir
    private static Path root;

    private static ServedOffice office;
    private static Path built;

    @TempDir
    private Path directory;

    @BeforeAll
    static void sign() throws IOException {
        office = ServedOffice.in(root);
        built = Files.createDirectory(root.resolve("built"));
        for (String name : NAMES) {
            String file = Files.writeString(built.resolve(name), "content of " + name + "\n")
                    .toString();
            office.run("sign", file, "--as", "release", "--format", "openpgp").assertStatus(0);
            office.run("sign", file, "--as", "qa", "--format", "signify").assertStatus(0);
        }
    }

    @AfterAll
    static void stop() {
        office.close();
    }

    private ServedOffice.Said create(String... more) {
        var words = new ArrayList<>(List.of("bundle", "create"));
        NAMES.forEach(name -> words.add(built.resolve(name).toString()));
        words.addAll(List.of("--output", bundle().toString(), "--keyring", office.keyring()));
        words.addAll(List.of(more));
        return office.run(words.toArray(String[]::new));
    }

    private Path bundle() {
        return directory.resolve("bundle.zip");
    }

    private ServedOffice.Said verify(String... more) {
        return run(List.of("bundle", "verify", bundle().toString()), more);
    }

    private ServedOffice.Said unpack(String... more) {
        return run(
                List.of(
                        "bundle",
                        "unpack",
                        bundle().toString(),
                        "--output",
                        unpacked().toString()),
                more);
    }

    private Path unpacked() {
        return directory.resolve("unpacked");
    }

    private static ServedOffice.Said run(List<String> first, String... more) {
        var words = new ArrayList<>(first);
        words.addAll(List.of("--keyring", office.keyring()));
        words.addAll(List.of(more));
        return office.run(words.toArray(String[]::new));
    }

    private static Set<String> names(Path folder) throws IOException {
        try (var files = Files.list(folder)) {
            return new TreeSet<>(
                    files.map(file -> String.valueOf(file.getFileName())).toList());
        }
    }

    /// The members of the bundle, to be changed and written again.
    private Map<String, byte[]> members() throws IOException {
        var members = new LinkedHashMap<String, byte[]>();
        try (var zip = StoredZipFile.open(bundle())) {
            for (var entry : zip.entries().entrySet()) {
                try (var input = entry.getValue().open()) {
                    members.put(entry.getKey(), input.readAllBytes());
                }
            }
        }
        return members;
    }

    private void write(Map<String, byte[]> members) throws IOException {
        try (var output = Files.newOutputStream(bundle())) {
            var zip = new StoredZip(output);
            for (var member : members.entrySet()) {
                zip.file(member.getKey(), 0644, () -> new ByteArrayInputStream(member.getValue()));
            }
            zip.finish();
        }
    }

    @Test
    void aBundleIsVerifiedAndUnpacked() throws IOException {
        create("--require", "2:release,qa", "--log", office.logKey(), "--named")
                .assertStatus(0)
                .assertSays("2 artifacts");
        verify("--require", "2:release,qa", "--log", office.logKey(), "--named")
                .assertStatus(0)
                .assertSays("ACCEPTED  artifact \"one.txt\"")
                .assertSays("ACCEPTED  artifact \"two.txt\"");
        unpack("--require", "2:release,qa", "--log", office.logKey(), "--named").assertStatus(0);
        assertEquals(names(built), names(unpacked()));
        for (String name : names(built)) {
            assertEquals(-1, Files.mismatch(built.resolve(name), unpacked().resolve(name)));
        }
        create("--require", "qa").assertStatus(3).assertSays("exists and is not overwritten");
    }

    @Test
    void theSameBundleHasTheSameBytes() throws IOException {
        create("--require", "qa").assertStatus(0);
        Path first = Files.move(bundle(), directory.resolve("first.zip"));
        create("--require", "qa").assertStatus(0);
        assertEquals(-1, Files.mismatch(first, bundle()));
    }

    @Test
    void whatThePolicyRefusesGoesIntoNone() throws IOException {
        create("--require", "security").assertStatus(1).assertSays("no bundle was made");
        create("--require", "security", "--json").assertStatus(1).assertSays("\"refused\": [");
        assertEquals(new TreeSet<>(), names(directory));
    }

    @Test
    void theHostsPolicyDecidesAndNotTheSenders() throws IOException {
        create("--require", "qa").assertStatus(0);
        verify("--require", "security").assertStatus(1).assertSays("REFUSED");
        verify("--require", "qa", "--json").assertStatus(0).assertSays("\"artifacts\": [");
        unpack("--require", "security").assertStatus(1);
        assertFalse(Files.exists(unpacked()));
        verify().assertStatus(2).assertSays("say who must have signed");
    }

    /// With one artifact changed, none of them is unpacked.
    @Test
    void aChangedArtifactKeepsAllFromBeingUnpacked() throws IOException {
        create("--require", "qa").assertStatus(0);
        var members = members();
        members.put("artifacts/two.txt", "changed".getBytes(UTF_8));
        write(members);
        verify("--require", "qa").assertStatus(1).assertSays("ACCEPTED  artifact \"one.txt\"");
        unpack("--require", "qa").assertStatus(1).assertSays("REFUSED  artifact \"two.txt\"");
        assertEquals(new TreeSet<>(List.of("bundle.zip")), names(directory));
    }

    /// Whoever writes a bundle of his own brings keys of his own along.
    @Test
    void theKeysInABundleAreNotBelieved() throws IOException {
        create("--require", "qa").assertStatus(0);
        var members = members();
        members.replaceAll(
                (name, bytes) -> name.startsWith("keyring/") || name.startsWith("keys/") ? new byte[0] : bytes);
        members.put("policy.json", "{}".getBytes(UTF_8));
        write(members);
        unpack("--require", "2:release,qa").assertStatus(0);
        assertEquals(names(built), names(unpacked()));
    }

    @Test
    void aSignatureThatDoesNotCountIsNotUnpacked() throws IOException {
        create("--require", "qa").assertStatus(0);
        var members = members();
        members.put("artifacts/one.txt.asc", Objects.requireNonNull(members.get("artifacts/two.txt.asc")));
        write(members);
        unpack("--require", "qa").assertStatus(0).assertSays("one.txt.asc  does not count");
        assertFalse(Files.exists(unpacked().resolve("one.txt.asc")));
        assertTrue(Files.exists(unpacked().resolve("two.txt.asc")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "other",
                "artifacts/other.txt",
                "artifacts/one.txt.d/x",
                "keys/a/b",
                "bin/sh",
                "artifacts/one.txtasc"
            })
    void whatBelongsToNothingIsMalformed(String name) throws IOException {
        create("--require", "qa").assertStatus(0);
        var members = members();
        members.put(name, new byte[1]);
        write(members);
        verify("--require", "qa").assertStatus(3).assertSays("belongs to nothing in it");
        unpack("--require", "qa").assertStatus(3);
        assertFalse(Files.exists(unpacked()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"version\": 2, \"artifacts\": [\"one.txt\"]}",
                "{\"version\": 1, \"artifacts\": []}",
                "{\"version\": 1, \"artifacts\": [\"one.txt\", \"one.txt\", \"two.txt\"]}",
                "{\"version\": 1, \"artifacts\": [\"one.txt\", \"two.txt\", \"three.txt\"]}",
                "{\"version\": 1, \"artifacts\": [\"../one.txt\"]}",
                "{\"version\": 1, \"artifacts\": [\"one.txt\", \"two.txt\"], \"more\": 1}",
                "no JSON"
            })
    void anIndexThatIsNotRightIsMalformed(String index) throws IOException {
        create("--require", "qa").assertStatus(0);
        var members = members();
        members.put("bundle.json", index.getBytes(UTF_8));
        write(members);
        verify("--require", "qa").assertStatus(3);
    }

    @Test
    void aSignatureWithoutEndIsMalformed() throws IOException {
        create("--require", "qa").assertStatus(0);
        var members = members();
        members.put("artifacts/one.txt.x.asc", new byte[1 << 20]);
        write(members);
        verify("--require", "qa").assertStatus(0);
        members.put("artifacts/one.txt.x.asc", new byte[(1 << 20) + 1]);
        write(members);
        verify("--require", "qa").assertStatus(3);
    }

    /// A host that has no keyring yet takes the document by its SHA-256, which it has from elsewhere.
    @Test
    void aKeyringDocumentTravelsWithItsSignatures() throws IOException {
        Path document = directory.resolve("document.txt");
        office.run(
                        "keyring",
                        "compose",
                        document.toString(),
                        "--keyring",
                        office.keyring(),
                        "--quorum",
                        "release",
                        "--serial",
                        "1")
                .assertStatus(0);
        office.run("attest", document.toString(), "--as", "release", "--param", "keyring-serial=1")
                .assertStatus(0);
        create("--require", "qa", "--update", document.toString()).assertStatus(0);
        Path carried = Files.createDirectory(directory.resolve("carried"));
        for (var member : members().entrySet()) {
            if (member.getKey().startsWith("update/")) {
                Files.write(carried.resolve(member.getKey().substring("update/".length())), member.getValue());
            }
        }
        String keyring = directory.resolve("keyring").toString();
        String pin = TrustedKeyring.sha256(Bytes.of(Files.readAllBytes(document)));
        String update = carried.resolve("keyring.json").toString();
        office.run("keyring", "update", update, "--keyring", keyring, "--pin", pin)
                .assertStatus(0);
        office.run("bundle", "verify", bundle().toString(), "--keyring", keyring, "--require", "2:release,qa")
                .assertStatus(0);
    }

    @Test
    void whatIsNoBundleIsMalformed() throws IOException {
        Files.writeString(bundle(), "no zip file");
        verify("--require", "qa").assertStatus(3);
        Files.delete(bundle());
        verify("--require", "qa").assertStatus(5);
    }
}
