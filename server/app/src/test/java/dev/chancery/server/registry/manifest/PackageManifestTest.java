// SPDX-License-Identifier: Apache-2.0
package dev.chancery.server.registry.manifest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.chancery.core.Bytes;
import dev.chancery.core.MalformedException;
import dev.chancery.json.Json;
import dev.chancery.server.registry.TestPackages;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Packages that are wrong. What is told of those that are right, `RegistryAnswersTest` shows.
class PackageManifestTest {
    private static final PackageId ID = PackageId.ofFile("plain-1.0.0.zip").orElseThrow();

    @TempDir
    private Path folder;

    private final Map<String, Bytes> files = new TreeMap<>(TestPackages.plain("plain", "1.0.0"));

    private PackageManifest.Said read() throws IOException {
        return read(TestPackages.zip(folder.resolve("a.zip"), files));
    }

    private static PackageManifest.Said read(Path zip) throws IOException {
        try (var archive = PackageArchive.open(zip, ID)) {
            return PackageManifest.read(archive, ID, Categories.names(), true);
        }
    }

    private String refused() {
        return assertThrows(MalformedException.class, this::read).sentence();
    }

    private void manifest(String from, String to) {
        files.computeIfPresent("plain-1.0.0/manifest.yml", (name, bytes) -> {
            String text = new String(bytes.toArray(), StandardCharsets.UTF_8);
            assertTrue(text.contains(from), text);
            return TestPackages.bytes(text.replace(from, to));
        });
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "name: plain | name: other | says that it is \"other-1.0.0\", and the file is called plain-1.0.0.zip",
                "version: 1.0.0 | version: 1.0.1 | says that it is \"plain-1.0.1\"",
                "title: A package | title: | manifest has no title",
                "description: Of little. | description: '' | manifest has no description",
                "format_version: 1.0.0 | format_version: '1' | \"1\" is not one of Semantic Versioning",
                "title: A package | title: [a] | manifest.title is an array, not a text",
                "title: A package | {title: A, release: alpha | not YAML",
                "title: A package | owner: me | manifest.owner is the text \"me\", not a map",
                "title: A package | categories: {a: b} | manifest.categories is an object, not a text",
            })
    void isMalformed(String from, String to, String sentence) {
        manifest(from.strip(), to.strip());
        assertTrue(refused().contains(sentence), refused());
    }

    @Test
    void releasesAreThree() throws IOException {
        manifest("title: A package", "title: A package\nrelease: beta");
        assertEquals("beta", read().kept().facts().release());
        manifest("beta", "gamma");
        assertTrue(refused().contains("\"gamma\" is not ga, beta or experimental"), refused());
    }

    @Test
    void rangesAreRead() {
        manifest("title: A package", "title: A package\nconditions.kibana.version: newest");
        assertTrue(refused().contains("version range \"newest\""), refused());
    }

    @Test
    void lacksAFile() {
        files.remove("plain-1.0.0/docs/README.md");
        assertEquals("package has no docs/README.md", refused());
        files.remove("plain-1.0.0/manifest.yml");
        assertEquals("package has no file plain-1.0.0/manifest.yml", refused());
    }

    /// Whoever unpacks it sees one of them, and somebody else the other.
    @Test
    void hasAFileTwice() throws IOException {
        files.put("plain-1.0.0/docs/other1.md", TestPackages.bytes("x"));
        Path zip = TestPackages.zip(folder.resolve("a.zip"), files);
        String octets = Files.readString(zip, StandardCharsets.ISO_8859_1);
        Files.writeString(zip, octets.replace("docs/other1.md", "docs/README.md"), StandardCharsets.ISO_8859_1);
        assertEquals(
                "package has two files \"docs/README.md\"",
                assertThrows(MalformedException.class, () -> read(zip)).sentence());
    }

    @Test
    void isNoZipFile() throws IOException {
        Path file = Files.writeString(folder.resolve("a.zip"), "PK");
        assertTrue(assertThrows(MalformedException.class, () -> read(file))
                .sentence()
                .startsWith("package is not a zip"));
    }

    @Test
    void otherFilesAreNotToldOf() throws IOException {
        files.put("other-1.0.0/manifest.yml", TestPackages.bytes("x: y"));
        files.put("plain-1.0.0/.DS_Store", TestPackages.bytes("x"));
        var assets = (Json.Elements) read().whole().fields().get("assets");
        assertEquals(
                "[\"/package/plain/1.0.0/manifest.yml\",\"/package/plain/1.0.0/docs/README.md\"]",
                new Json.Elements(java.util.Objects.requireNonNull(assets).list()).line());
    }

    @Test
    void filesHaveALimit() throws IOException {
        files.put("plain-1.0.0/most", Bytes.of(new byte[1_000]));
        try (var archive = PackageArchive.open(TestPackages.zip(folder.resolve("a.zip"), files), ID)) {
            assertEquals(1_000, archive.read("most", 1_000).orElseThrow().length());
            assertThrows(MalformedException.class, () -> archive.read("most", 999));
        }
    }

    @Test
    void entriesHaveALimit() throws IOException {
        for (int i = files.size(); i < PackageArchive.ENTRIES_MAX; i++) {
            files.put("plain-1.0.0/" + i, Bytes.of(new byte[0]));
        }
        assertEquals(ID, read().kept().id());
        files.put("plain-1.0.0/more", Bytes.of(new byte[0]));
        assertEquals("package has 20001 files and folders, more than 20000", refused());
    }

    @Test
    void namesHaveALimit() {
        String longest = "a".repeat(PackageId.NAME_CHARACTERS_MAX);
        assertEquals(
                longest, PackageId.ofFile(longest + "-1.0.0.zip").orElseThrow().name());
        assertTrue(PackageId.ofFile(longest + "a-1.0.0.zip").isEmpty());
    }
}
