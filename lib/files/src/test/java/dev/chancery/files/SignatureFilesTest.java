// SPDX-License-Identifier: Apache-2.0
package dev.chancery.files;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.chancery.algorithms.BouncyCastleHashes;
import dev.chancery.core.Authority;
import dev.chancery.core.FormatName;
import dev.chancery.core.MalformedException;
import dev.chancery.core.Signature;
import dev.chancery.formats.Formats;
import dev.chancery.verification.SignatureFile;
import dev.chancery.verification.Verifier;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SignatureFilesTest {
    private static final Set<Authority> AUTHORITIES = Set.of(new Authority("qa"), new Authority("jenkins-prd"));

    private static final List<FormatName> BOTH_VERSIONS =
            List.of(new FormatName("openpgp6"), new FormatName("openpgp"));

    @TempDir
    private Path directory;

    private final SignatureFiles files = new SignatureFiles(Formats.all(new BouncyCastleHashes()));

    private List<SignatureFile> beside(String artifact) {
        return files.beside(directory.resolve(artifact), AUTHORITIES);
    }

    private void touch(String... names) throws IOException {
        for (String name : names) {
            Files.writeString(directory.resolve(name), "x");
        }
    }

    @Test
    void findsTheFormatsOwnSuffixesWithAndWithoutAnAuthority() throws IOException {
        touch("f", "f.asc", "f.sig", "f.raw.sig", "f.qa.asc", "f.qa.sig", "f.jenkins-prd.raw.sig", "f.qa.minisig");
        assertEquals(
                List.of("f.asc", "f.jenkins-prd.raw.sig", "f.qa.asc", "f.qa.minisig", "f.qa.sig", "f.raw.sig", "f.sig"),
                beside("f").stream().map(SignatureFile::name).toList());
    }

    @Test
    void leavesOtherFilesAlone() throws IOException {
        touch("f", "f.txt", "f.tag", "f.qa.tag", "f.tar.sig", "f.unknown.asc", "fg.asc", ".f.asc", "f.qa.asc.bak");
        Files.createDirectory(directory.resolve("f.asc"));
        assertEquals(List.of(), beside("f"));
    }

    @Test
    void theLongestSuffixSaysTheFormat() throws IOException {
        touch("f", "f.raw.sig", "f.sig", "f.signify.sig");
        assertEquals(List.of(new FormatName("raw")), beside("f").getFirst().formats());
        assertEquals(BOTH_VERSIONS, beside("f").get(1).formats());
        assertEquals(List.of(new FormatName("signify")), beside("f").getLast().formats());
    }

    /// What other tools call `F.asc` may be of either version, and whoever reads version 4 takes version 6
    /// too, as unsupported; so version 6 is tried first.
    @Test
    void version6IsTriedBeforeVersion4() throws IOException {
        touch("f", "f.asc", "f.openpgp6.asc");
        assertEquals(BOTH_VERSIONS, beside("f").getFirst().formats());
        assertEquals(List.of(new FormatName("openpgp6")), beside("f").getLast().formats());
        var named = files.named(directory.resolve("f.asc")).formats();
        assertEquals(BOTH_VERSIONS, named.subList(0, 2));
    }

    @Test
    void aFileThatWasNamedIsTriedAsRawLast() throws IOException {
        touch("signature");
        var formats = files.named(directory.resolve("signature")).formats();
        assertEquals(Formats.all(new BouncyCastleHashes()).list().size() - 1, formats.size());
        assertFalse(formats.contains(new FormatName("tag")), "a tag's signatures are over its own text");
        assertEquals(new FormatName("raw"), formats.getLast());
    }

    @Test
    void namesSignatureFiles() {
        assertEquals("f.asc", SignatureFiles.name("f", Optional.empty(), ".asc"));
        assertEquals("f.qa.raw.sig", SignatureFiles.name("f", Optional.of(new Authority("qa")), ".raw.sig"));
    }

    @Test
    void takesASignatureFileOfExactlyTheLimitAndNoMore() throws IOException {
        Files.write(directory.resolve("f.asc"), new byte[Signature.BYTES_MAX]);
        assertEquals(1, beside("f").size());
        Files.write(directory.resolve("f.asc"), new byte[Signature.BYTES_MAX + 1]);
        assertThrows(MalformedException.class, () -> beside("f"));
    }

    @Test
    void takesAsManyFilesAsTheVerifierAndNoMore() throws IOException {
        var many = new HashSet<Authority>();
        for (int i = 0; i < Verifier.SIGNATURE_FILES_MAX; i++) {
            many.add(new Authority("a" + i));
            touch("f.a" + i + ".asc");
        }
        assertEquals(
                Verifier.SIGNATURE_FILES_MAX,
                files.beside(directory.resolve("f"), many).size());
        touch("f.asc");
        assertThrows(MalformedException.class, () -> files.beside(directory.resolve("f"), many));
    }
}
