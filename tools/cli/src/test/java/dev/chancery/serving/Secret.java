// SPDX-License-Identifier: Apache-2.0
package dev.chancery.serving;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.chancery.core.Bytes;
import dev.chancery.core.UnavailableException;
import dev.chancery.keys.file.FileKeys;
import dev.chancery.keys.file.KeyDirectory;
import dev.chancery.keys.file.Passphrase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;

/// Something that must be found nowhere, in the forms in which it could be written, and the one file that may have
/// it.
///
/// @param bytes of a private key its 32 octets, else the text
record Secret(String name, Path home, Bytes bytes) {
    private static final int SEED_BYTES = 32;

    /// A file that is a secret, such as a passphrase.
    static Secret ofText(Path file) throws IOException {
        return new Secret(
                file.toString(), file, Bytes.of(Files.readString(file).strip().getBytes(ISO_8859_1)));
    }

    /// An unencrypted PKCS #8 file of Ed25519 or P-256: behind `04 20` come the 32 octets (RFC 8410, section 7; RFC
    /// 5915, section 3).
    static Secret ofPem(Path file) throws IOException {
        byte[] der = Base64.getMimeDecoder()
                .decode(Files.readString(file).replaceAll("(?s).*-----BEGIN P\\w+ KEY-----(.*?)-----END.*", "$1"));
        return new Secret(file.toString(), file, Bytes.of(seed(der)));
    }

    private static byte[] seed(byte[] der) {
        for (int at = 0; at + 2 + SEED_BYTES <= der.length; at++) {
            if (der[at] == 0x04 && der[at + 1] == SEED_BYTES) {
                return Arrays.copyOfRange(der, at + 2, at + 2 + SEED_BYTES);
            }
        }
        throw new AssertionError("no private key of 32 octets");
    }

    /// The private keys in a directory of key files, as a library that is to sign with them gets them.
    static List<Secret> ofKeys(Path directory, Passphrase passphrase) {
        var found = new ArrayList<Secret>();
        var keys = new FileKeys(new KeyDirectory(directory), passphrase, (publicKey, pkcs8) -> {
            found.add(new Secret(
                    directory + " " + publicKey.id(), directory.resolve("none"), Bytes.of(seed(pkcs8.exposed()))));
            return toBeSigned -> {
                throw new UnavailableException("nobody signs here");
            };
        });
        keys.keys().forEach(key -> keys.open(key.id()));
        return found;
    }

    /// A custodian's share, by the second line of what it shares.
    static Secret ofShare(Path file) throws IOException {
        String row = Files.readAllLines(file).stream()
                .filter(line -> line.startsWith("row 2: "))
                .findFirst()
                .orElseThrow();
        String digits = row.substring(row.indexOf(':') + 1, row.indexOf('/')).replace(" ", "");
        return new Secret(file.toString(), file, Bytes.of(HexFormat.of().parseHex(digits)));
    }

    /// As it is, in hexadecimal digits of both kinds, and in base64 at each of the three places in which it can lie in
    /// something longer.
    List<String> forms() {
        byte[] bytes = this.bytes.toArray();
        String hex = HexFormat.of().formatHex(bytes);
        var forms =
                new ArrayList<>(List.of(new String(bytes, ISO_8859_1), hex, hex.toUpperCase(java.util.Locale.ROOT)));
        for (int before = 0; before < 3; before++) {
            byte[] shifted = new byte[before + bytes.length];
            System.arraycopy(bytes, 0, shifted, before, bytes.length);
            String text = Base64.getEncoder().withoutPadding().encodeToString(shifted);
            String inner = text.substring(before == 0 ? 0 : before + 1, text.length() - 1);
            forms.add(inner);
            forms.add(inner.replace('+', '-').replace('/', '_'));
        }
        return forms;
    }

    boolean isIn(byte[] content) {
        String text = new String(content, ISO_8859_1);
        // Lines of base64 break anywhere, and digits stand in groups.
        String joined = text.replaceAll("[ \\r\\n]", "");
        return forms().stream().anyMatch(form -> text.contains(form) || joined.contains(form));
    }

    /// It would be found, were it there.
    void assertFindable() {
        byte[] bytes = this.bytes.toArray();
        assertTrue(bytes.length >= 16, name + " has %d octets".formatted(bytes.length));
        byte[] around = "{\"a\": \"".getBytes(ISO_8859_1);
        byte[] longer = Arrays.copyOf(around, around.length + bytes.length + 1);
        System.arraycopy(bytes, 0, longer, around.length, bytes.length);
        assertTrue(isIn(longer), name + " as it is");
        assertTrue(isIn(Base64.getMimeEncoder().encode(longer)), name + " in base64");
        assertTrue(isIn(HexFormat.of().formatHex(longer).getBytes(ISO_8859_1)), name + " in hexadecimal digits");
    }
}
