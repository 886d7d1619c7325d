// SPDX-License-Identifier: Apache-2.0
package dev.chancery.keys.file;

import dev.chancery.keys.handle.NewFile;
import dev.chancery.keys.handle.SecretBytes;
import dev.chancery.keys.handle.SecretLine;
import dev.chancery.keys.handle.SecretSource;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.regex.Pattern;

/// What the keys of a directory are encrypted with: 1 to 1,023 bytes without control characters.
///
/// The bytes are used as they are, so that `openssl -passin file:` reads the same. The enclave keeps it as long
/// as it opens keys and closes it then.
public final class Passphrase implements AutoCloseable {
    /// Bytes: the longest line that `openssl -passin file:` reads.
    public static final int BYTES_MAX = 1_023;

    private static final String GENERATED_PREFIX = "chancery-passphrase-1-";
    /// Bytes of randomness in a passphrase of our own: as many as an AES-256 key has.
    private static final int GENERATED_BYTES = 32;

    private static final Pattern GENERATED = Pattern.compile(GENERATED_PREFIX + "[A-Za-z0-9_-]{43}");
    private static final SecretLine.Kind KIND = new SecretLine.Kind("passphrase", "the keys", BYTES_MAX);

    private final SecretBytes bytes;

    private Passphrase(SecretBytes bytes) {
        this.bytes = bytes;
    }

    /// Takes the array itself and overwrites it when the passphrase is closed or is none.
    public static Passphrase owning(byte[] bytes) {
        return new Passphrase(SecretLine.owning(bytes, KIND));
    }

    /// Reads a passphrase from its source. One line feed at its end does not belong to it.
    ///
    /// Throws `RefusedException` (rule `key-permissions`) for a file that others can read, and
    /// `UnavailableException` when there is nothing to read.
    public static Passphrase read(SecretSource source) {
        return new Passphrase(SecretLine.read(source, KIND));
    }

    /// Makes a passphrase with 256 bits of entropy and a form by which [#isGenerated] knows it, and writes it
    /// to a new file with mode 0600. Throws `RefusedException` (rule `file-exists`) when there is such a file.
    public static Passphrase generateInto(Path file, SecureRandom random) {
        byte[] entropy = new byte[GENERATED_BYTES];
        random.nextBytes(entropy);
        String text = GENERATED_PREFIX + Base64.getUrlEncoder().withoutPadding().encodeToString(entropy);
        byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
        NewFile.write(file, Arrays.copyOf((text + "\n").getBytes(StandardCharsets.US_ASCII), bytes.length + 1), random);
        return owning(bytes);
    }

    /// Whether the office made this passphrase itself. It has an AES key's entropy then and needs no
    /// stretching.
    boolean isGenerated() {
        return isGenerated(bytes);
    }

    /// The same of a passphrase for something else than keys.
    public static boolean isGenerated(SecretBytes passphrase) {
        return GENERATED
                .matcher(StandardCharsets.ISO_8859_1.decode(ByteBuffer.wrap(passphrase.exposed())))
                .matches();
    }

    byte[] exposed() {
        return bytes.exposed();
    }

    @Override
    public void close() {
        bytes.close();
    }

    /// Never the content.
    @Override
    public String toString() {
        return "Passphrase";
    }
}
