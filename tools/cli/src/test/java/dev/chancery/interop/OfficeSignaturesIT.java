// SPDX-License-Identifier: Apache-2.0
package dev.chancery.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Our signatures of every algorithm in every encoding: what each stock tool and `chancery verify` say of them,
/// of a tampered file, a tampered signature, another key, and no signature at all.
class OfficeSignaturesIT {
    private static final List<String> OPENPGP = List.of("openpgp-ed25519", "openpgp-rsa-4096", "openpgp-ecdsa-p256");
    private static final List<String> RAW = List.of("raw-ecdsa-p256", "raw-rsa-3072", "raw-rsa-4096", "raw-ed25519");
    private static final String FILE = "artifact.tar";
    /// Bytes: several of the reader's buffers and half a block.
    private static final int FILE_BYTES = 700_001;

    @TempDir
    private static Path root;

    private static Office office;

    @BeforeAll
    static void sign() throws IOException {
        office = Office.in(root);
        for (String authority : all()) {
            String format = authority.substring(0, authority.indexOf('-'));
            office.authority(authority, format, authority.substring(format.length() + 1));
            office.authority("other-" + authority, format, authority.endsWith("ed25519") ? "ed25519" : "ecdsa-p256");
        }
        byte[] content = new byte[FILE_BYTES];
        new Random(1).nextBytes(content);
        Files.write(work(FILE), content);
        signAll(List.of(), all());
        signAll(List.of("--encoding", "binary"), OPENPGP);
    }

    private static List<String> all() {
        return Stream.concat(OPENPGP.stream(), RAW.stream()).toList();
    }

    private static void signAll(List<String> options, List<String> authorities) {
        var arguments = new ArrayList<>(List.of("sign", FILE));
        arguments.addAll(options);
        authorities.forEach(authority -> arguments.addAll(List.of("--as", authority)));
        office.run(arguments).assertStatus(0);
    }

    private static Path work(String name) {
        return office.work().resolve(name);
    }

    static Stream<Arguments> judged() {
        return Stream.of(Judge.values())
                .flatMap(judge -> (judge.isOpenPgp() ? OPENPGP : RAW)
                        .stream()
                                .filter(judge::reads)
                                .flatMap(authority ->
                                        judge.suffixes().map(suffix -> Arguments.of(judge, authority, suffix))));
    }

    @ParameterizedTest
    @MethodSource("judged")
    void aStockToolAcceptsOurSignatureAndNoDamagedOne(Judge judge, String authority, String suffix) throws IOException {
        judge.require();
        var given = new Judge.Case(
                office.work(), certificate(judge, authority), work(FILE + "." + authority + suffix), work(FILE));
        assertTrue(judge.accepts(given));
        assertFalse(judge.accepts(given.with(given.signature(), tampered(given.file(), "file"))));
        assertFalse(judge.accepts(given.with(tamperedSignature(given.signature()), given.file())));
        assertFalse(judge.accepts(given.by(certificate(judge, "other-" + authority))));
        assertFalse(judge.accepts(given.with(work("missing.sig"), given.file())));
    }

    private static Path certificate(Judge judge, String authority) {
        return judge.isOpenPgp() ? office.certificate(authority) : office.pem(authority);
    }

    /// The file with one bit of its middle changed.
    private static Path tampered(Path file, String name) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        bytes[bytes.length / 2] ^= 1;
        return Files.write(work("tampered-" + name), bytes);
    }

    /// The signature with one bit of its last integer changed; in armor, where the CRC is left out that may be.
    private static Path tamperedSignature(Path signature) throws IOException {
        Path damaged = work("tampered-signature");
        byte[] bytes = Files.readAllBytes(signature);
        if (!signature.toString().endsWith(".asc")) {
            bytes[bytes.length - 5] ^= 1;
            return Files.write(damaged, bytes);
        }
        var lines = new ArrayList<>(Files.readAllLines(signature));
        int last = lines.size() - 3;
        String line = lines.get(last);
        lines.set(last, (line.charAt(0) == 'A' ? 'B' : 'A') + line.substring(1));
        lines.remove(lines.size() - 2);
        return Files.write(damaged, lines);
    }

    @Test
    void chanceryAcceptsEach() {
        for (String authority : all()) {
            var findings = office.verify(office.keyring(), authority, List.of(FILE));
            for (String other : all()) {
                List<String> suffixes = OPENPGP.contains(other) ? List.of(".asc", ".sig") : List.of(".raw.sig");
                suffixes.forEach(suffix -> assertEquals("good " + other, findings.get(FILE + "." + other + suffix)));
            }
        }
    }

    @Test
    void chanceryRefusesEachDamageForItsReason() throws IOException {
        for (String authority : all()) {
            boolean openPgp = OPENPGP.contains(authority);
            Path signature = work(FILE + "." + authority + (openPgp ? ".asc" : ".raw.sig"));
            assertReason("other-content", keyring(authority), signature, tampered(work(FILE), "file"));
            assertReason("other-content", keyring(authority), tamperedSignature(signature), work(FILE));
            String unknown = openPgp ? "unknown-key" : "";
            assertReason(unknown, keyring("other-" + authority), signature, work(FILE));
        }
    }

    /// A keyring of one authority, always named `one`.
    private static Path keyring(String authority) throws IOException {
        Path keyring = Files.createDirectories(root.resolve("keyring-" + authority));
        String suffix = authority.contains("openpgp") ? ".openpgp.asc" : ".raw.pem";
        Files.copy(
                office.keyring().resolve(authority + suffix),
                keyring.resolve("one" + suffix),
                StandardCopyOption.REPLACE_EXISTING);
        return keyring;
    }

    private static void assertReason(String reason, Path keyring, Path signature, Path file) {
        var findings = office.verify(keyring, "one", List.of(file.toString(), "--signature", signature.toString()));
        assertEquals(1, findings.size(), findings.toString());
        String found = findings.values().iterator().next();
        assertFalse(found.startsWith("good"), found);
        if (!reason.isEmpty()) {
            assertEquals(reason, found, signature + " over " + file);
        }
    }

    @Test
    void chanceryRefusesAFileWithoutSignatures() throws IOException {
        Files.copy(work(FILE), work("unsigned"), StandardCopyOption.REPLACE_EXISTING);
        assertEquals(Map.of(), office.verify(office.keyring(), OPENPGP.getFirst(), List.of("unsigned")));
        office.run("verify", "unsigned", "--require", OPENPGP.getFirst())
                .assertStatus(1)
                .assertSays("REFUSED");
    }

    /// Random texts with everything that has a meaning in a cleartext document.
    @Test
    void stockToolsReadOurCleartextDocuments() throws IOException {
        StockTool.GPGV.require();
        var texts = new Texts(11);
        for (String authority : OPENPGP) {
            for (int i = 0; i < 3; i++) {
                String name = authority + i + ".txt";
                Files.writeString(work(name), texts.next());
                office.run("sign", name, "--as", authority, "--encoding", "cleartext")
                        .assertStatus(0);
                Path document = work(name + ".asc");
                assertDocument(authority, document);
            }
        }
    }

    private static void assertDocument(String authority, Path document) throws IOException {
        var gpgv = StockTool.GPGV.run(
                office.work(),
                "--status-fd",
                "1",
                "--keyring",
                office.certificate(authority).toString(),
                document.toString());
        gpgv.assertStatus(0).assertSays("[GNUPG:] GOODSIG ");
        office.run("verify", document.toString(), "--require", authority).assertStatus(0);
        String changed = Files.readString(document).replaceFirst("\n\n", "\n\nan added line\n");
        Path other = Files.writeString(work("changed.asc"), changed);
        StockTool.GPGV
                .run(office.work(), "--keyring", office.certificate(authority).toString(), other.toString())
                .assertFails();
        office.run("verify", other.toString(), "--require", authority).assertStatus(1);
    }

    /// Seeded texts of pieces that have a meaning in OpenPGP's text forms.
    static final class Texts {
        private static final String[] PIECES = {
            "a",
            "word",
            "-",
            "- ",
            "--",
            " ",
            "  ",
            "\t",
            "\n",
            "\n",
            "\r\n",
            "\n\n",
            "From me",
            "é",
            "=",
            "\n-----BEGIN PGP SIGNATURE-----\n"
        };

        private final Random random;

        Texts(long seed) {
            this.random = new Random(seed);
        }

        /// A text of at least one line that is not blank.
        String next() {
            var text = new StringBuilder("first");
            for (int pieces = random.nextInt(14); pieces > 0; pieces--) {
                text.append(PIECES[random.nextInt(PIECES.length)]);
            }
            return text.toString();
        }
    }
}
