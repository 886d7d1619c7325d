// SPDX-License-Identifier: Apache-2.0
package dev.chancery.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Signatures and keyrings that other tools made, before `chancery verify`.
class ForeignSignaturesIT {
    private static final String MADE = "20240102T030405";
    private static final String SIGNED = "20240202T030405";
    private static final String FILE = "notes.txt";

    @TempDir
    private static Path root;

    private static Office office;

    @BeforeAll
    static void writeFile() throws IOException {
        office = Office.none(root);
        Files.writeString(work(FILE), "a line \r\nand another\t\n\nwithout an end");
    }

    private static Path work(String name) {
        return office.work().resolve(name);
    }

    private static Path keyring(String name) throws IOException {
        return Files.createDirectories(root.resolve(name));
    }

    /// A keyring as gpg users have them: an encryption subkey, two user IDs, and certifications by others.
    @Test
    void gpg() throws IOException {
        var algorithms = List.of("ed25519", "nistp256", "rsa3072", "rsa4096");
        try (var gpg = Gpg.in(root.resolve("gpg"))) {
            for (String algorithm : algorithms) {
                make(gpg, algorithm);
            }
            certify(gpg, algorithms);
            for (String algorithm : algorithms) {
                Path keyring = keyring("keyring-" + algorithm);
                gpg.export(algorithm + "@example.org", keyring.resolve("gpg.openpgp.asc"));
                assertCount(keyring, signatures(gpg, algorithm), FILE);
                assertClearsigned(gpg, algorithm, keyring);
            }
        }
    }

    private static void make(Gpg gpg, String algorithm) {
        gpg.at(MADE, "--quick-gen-key", "Gpg <" + algorithm + "@example.org>", algorithm, "sign,cert", "never");
        String fingerprint = gpg.fingerprints(algorithm + "@example.org").getFirst();
        gpg.at(
                MADE,
                "--quick-add-key",
                fingerprint,
                algorithm.startsWith("rsa") ? "rsa3072" : "cv25519",
                "encr",
                "never");
        gpg.at(MADE, "--quick-add-uid", fingerprint, "Gpg again <again-" + algorithm + "@example.org>");
    }

    /// Each key certifies the next one's user IDs.
    private static void certify(Gpg gpg, List<String> algorithms) {
        for (int i = 0; i < algorithms.size(); i++) {
            String by = gpg.fingerprints(algorithms.get(i) + "@example.org").getFirst();
            String of = gpg.fingerprints(algorithms.get((i + 1) % algorithms.size()) + "@example.org")
                    .getFirst();
            gpg.at(MADE, "--yes", "--default-key", by, "--quick-sign-key", of);
        }
    }

    private static List<String> signatures(Gpg gpg, String algorithm) {
        var names = new ArrayList<String>();
        for (String digest : List.of("SHA256", "SHA384", "SHA512")) {
            for (String form : List.of("armor", "binary", "textmode")) {
                String name = algorithm + "-" + digest + "-" + form;
                var arguments =
                        new ArrayList<>(List.of("--local-user", algorithm + "@example.org", "--digest-algo", digest));
                arguments.addAll(form.equals("binary") ? List.of() : List.of("--armor"));
                arguments.addAll(form.equals("textmode") ? List.of("--textmode") : List.of());
                arguments.addAll(List.of(
                        "--output",
                        work(name).toString(),
                        "--detach-sign",
                        work(FILE).toString()));
                gpg.at(SIGNED, arguments, "");
                names.add(name);
            }
        }
        return names;
    }

    /// Every signature counts over the file and none over another.
    private static void assertCount(Path keyring, List<String> names, String file) throws IOException {
        var arguments = new ArrayList<>(List.of(file));
        var good = new HashMap<String, String>();
        var other = new HashMap<String, String>();
        for (String name : names) {
            arguments.addAll(List.of("--signature", work(name).toString()));
            good.put(name, "good gpg");
            other.put(name, "other-content");
        }
        assertEquals(good, office.verify(keyring, "gpg", arguments));
        Files.writeString(work("other-" + file), Files.readString(work(file)) + "x");
        arguments.set(0, "other-" + file);
        assertEquals(other, office.verify(keyring, "gpg", arguments));
    }

    private static void assertClearsigned(Gpg gpg, String algorithm, Path keyring) throws IOException {
        var texts = new OfficeSignaturesIT.Texts(algorithm.hashCode());
        for (int i = 0; i < 6; i++) {
            Path text = Files.writeString(work("text-" + algorithm + i), texts.next());
            String document = text + ".asc";
            gpg.at(
                    SIGNED,
                    "--local-user",
                    algorithm + "@example.org",
                    "--output",
                    document,
                    "--clearsign",
                    text.toString());
            var verified = office.verify(keyring, "gpg", List.of(document));
            assertEquals(List.of("good gpg"), List.copyOf(verified.values()), document);
        }
    }

    /// Text mode is where implementations differ: line ends, trailing white space, the last line.
    @Test
    void gpgInTextMode() throws IOException {
        try (var gpg = Gpg.in(root.resolve("gpg-text"))) {
            make(gpg, "ed25519");
            Path keyring = keyring("keyring-text");
            gpg.export("ed25519@example.org", keyring.resolve("gpg.openpgp.asc"));
            var texts = new OfficeSignaturesIT.Texts(23);
            for (int i = 0; i < 10; i++) {
                Path text = Files.writeString(work("mode" + i), texts.next());
                Path signature = work("mode" + i + ".asc");
                gpg.at(
                        SIGNED,
                        "--textmode",
                        "--armor",
                        "--output",
                        signature.toString(),
                        "--detach-sign",
                        text.toString());
                var verified =
                        office.verify(keyring, "gpg", List.of(text.toString(), "--signature", signature.toString()));
                assertEquals(Map.of(signature.getFileName().toString(), "good gpg"), verified);
            }
        }
    }

    @Test
    void sq() throws IOException {
        Path home = keyring("sq");
        Path key = home.resolve("key.pgp");
        StockTool.SQ
                .run(home, "key", "generate", "--userid", "Sq <sq@example.org>", "--export", key.toString())
                .assertStatus(0);
        Path keyring = keyring("keyring-sq");
        StockTool.SQ
                .run(
                        home,
                        "key",
                        "extract-cert",
                        "--output",
                        keyring.resolve("gpg.openpgp.asc").toString(),
                        key.toString())
                .assertStatus(0);
        sqSign(home, sqSign(key, FILE, "sq-armored"), "--detached");
        sqSign(home, sqSign(key, FILE, "sq-binary"), "--detached", "--binary");
        assertCount(keyring, List.of("sq-armored", "sq-binary"), FILE);
        // Without a space before CRLF: there sq 0.27 makes documents that neither it nor gpgv accepts.
        Files.writeString(work("clear.txt"), "a line\r\n- and another\t\n\nwithout an end");
        sqSign(home, sqSign(key, "clear.txt", "sq-clear"), "--cleartext-signature");
        assertEquals(Map.of("sq-clear", "good gpg"), office.verify(keyring, "gpg", List.of("sq-clear")));
    }

    private static void sqSign(Path home, List<String> command, String... options) {
        var arguments = new ArrayList<>(command);
        arguments.addAll(List.of(options));
        StockTool.SQ.run(home, Map.of(), arguments, "").assertStatus(0);
    }

    private static List<String> sqSign(Path key, String file, String name) {
        return List.of(
                "sign",
                "--signer-key",
                key.toString(),
                "--output",
                work(name).toString(),
                work(file).toString());
    }

    @Test
    void openssl() throws IOException {
        Path home = keyring("openssl");
        var keys = Map.of(
                "p256", List.of("-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-256"),
                "p384", List.of("-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-384"),
                "rsa2048", List.of("-algorithm", "RSA", "-pkeyopt", "rsa_keygen_bits:2048"),
                "rsa3072", List.of("-algorithm", "RSA", "-pkeyopt", "rsa_keygen_bits:3072"),
                "rsa4096", List.of("-algorithm", "RSA", "-pkeyopt", "rsa_keygen_bits:4096"),
                "ed25519", List.of("-algorithm", "ED25519"));
        var pem = new StringBuilder();
        for (var key : keys.entrySet()) {
            var generate = new ArrayList<>(List.of("genpkey", "-out", key.getKey()));
            generate.addAll(key.getValue());
            StockTool.OPENSSL.run(home, Map.of(), generate, "").assertStatus(0);
            pem.append(StockTool.OPENSSL
                    .run(home, "pkey", "-in", key.getKey(), "-pubout")
                    .assertStatus(0)
                    .output());
            opensslSign(home, key.getKey());
        }
        Path keyring = keyring("keyring-openssl");
        Files.writeString(keyring.resolve("gpg.raw.pem"), pem);
        assertCount(keyring, List.copyOf(keys.keySet()), FILE);
    }

    private static void opensslSign(Path home, String key) {
        String file = work(FILE).toString();
        String signature = work(key).toString();
        var answer = key.equals("ed25519")
                ? StockTool.OPENSSL.run(
                        home, "pkeyutl", "-sign", "-inkey", key, "-rawin", "-in", file, "-out", signature)
                : StockTool.OPENSSL.run(home, "dgst", "-sha256", "-sign", key, "-out", signature, file);
        answer.assertStatus(0);
    }
}
