// SPDX-License-Identifier: Apache-2.0
package dev.chancery.keys.file;

import dev.chancery.core.MalformedException;
import dev.chancery.core.RefusedException;
import dev.chancery.core.UnavailableException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
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
    private static final Pattern CREDENTIAL_NAME = Pattern.compile("[A-Za-z0-9_.-]{1,255}");
    private static final int DESCRIPTOR_MIN = 3;
    /// No process has more: Linux' default for `fs.nr_open`.
    private static final int DESCRIPTOR_MAX = 1 << 20;

    private final SecretBytes bytes;

    private Passphrase(SecretBytes bytes) {
        this.bytes = bytes;
    }

    /// Takes the array itself and overwrites it when the passphrase is closed or is none.
    public static Passphrase owning(byte[] bytes) {
        var secret = SecretBytes.owning(bytes);
        if (bytes.length == 0 || bytes.length > BYTES_MAX) {
            secret.close();
            throw new MalformedException("passphrase has %d bytes, not 1 to %d".formatted(bytes.length, BYTES_MAX));
        }
        for (byte b : bytes) {
            if ((b >= 0 && b < ' ') || b == 0x7f) {
                secret.close();
                throw new MalformedException("passphrase holds a control character, such as a second line,"
                        + " which other programs would read otherwise");
            }
        }
        return new Passphrase(secret);
    }

    /// Reads a passphrase from its source. One line feed at its end does not belong to it.
    ///
    /// Throws `RefusedException` (rule `key-permissions`) for a file that others can read, and
    /// `UnavailableException` when there is nothing to read.
    public static Passphrase read(PassphraseSource source) {
        if (source instanceof PassphraseSource.OfFile(var file)) {
            Permissions.requirePrivateFile("passphrase file", file);
            return line("passphrase file", file);
        }
        if (source instanceof PassphraseSource.OfDescriptor(var number)) {
            return fromDescriptor(number);
        }
        if (source instanceof PassphraseSource.OfCredential(var directory, var name)) {
            return fromCredential(directory, name);
        }
        var terminal = (PassphraseSource.OfPrompt) source;
        return fromPrompt(terminal.prompt(), terminal.making());
    }

    /// Makes a passphrase with 256 bits of entropy and a form by which [#isGenerated] knows it, and writes it to a
    /// new file with mode 0600. Throws `RefusedException` (rule `file-exists`) when there is such a file.
    public static Passphrase generateInto(Path file, SecureRandom random) {
        byte[] entropy = new byte[GENERATED_BYTES];
        random.nextBytes(entropy);
        String text = GENERATED_PREFIX + Base64.getUrlEncoder().withoutPadding().encodeToString(entropy);
        byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
        NewFile.write(file, Arrays.copyOf((text + "\n").getBytes(StandardCharsets.US_ASCII), bytes.length + 1), random);
        return owning(bytes);
    }

    /// Whether the office made this passphrase itself. It has an AES key's entropy then and needs no stretching.
    boolean isGenerated() {
        return GENERATED
                .matcher(StandardCharsets.ISO_8859_1.decode(ByteBuffer.wrap(bytes.exposed())))
                .matches();
    }

    byte[] exposed() {
        return bytes.exposed();
    }

    private static Passphrase fromDescriptor(int number) {
        if (number < DESCRIPTOR_MIN || number > DESCRIPTOR_MAX) {
            throw new MalformedException(
                    "passphrase descriptor %d is not %d to %d".formatted(number, DESCRIPTOR_MIN, DESCRIPTOR_MAX));
        }
        return line("passphrase descriptor", Path.of("/proc/self/fd/" + number));
    }

    private static Passphrase fromCredential(Path directory, String name) {
        if (!CREDENTIAL_NAME.matcher(name).matches() || name.equals(".") || name.equals("..")) {
            throw MalformedException.value("credential name", name, "is not a file name in ASCII");
        }
        return line("credential", directory.resolve(name));
    }

    private static Passphrase line(String subject, Path path) {
        byte[] read = new byte[BYTES_MAX + 2];
        int length;
        try (var in = Files.newInputStream(path)) {
            length = in.readNBytes(read, 0, read.length);
        } catch (IOException e) {
            throw new UnavailableException(FileFault.sentence(subject, path, "cannot be read", e), e);
        }
        int end = length > 0 && read[length - 1] == '\n' ? length - 1 : length;
        byte[] bytes = Arrays.copyOf(read, end);
        Arrays.fill(read, (byte) 0);
        return owning(bytes);
    }

    private static Passphrase fromPrompt(PassphraseSource.Prompt prompt, boolean making) {
        var passphrase = ask(prompt, making ? "New passphrase for the keys: " : "Passphrase for the keys: ");
        if (making) {
            try (var again = ask(prompt, "The same once more: ")) {
                if (!Arrays.equals(passphrase.exposed(), again.exposed())) {
                    passphrase.close();
                    throw new MalformedException("the two passphrases differ");
                }
            }
        }
        return passphrase;
    }

    private static Passphrase ask(PassphraseSource.Prompt prompt, String question) {
        char[] answer = prompt.ask(question)
                .orElseThrow(() -> new RefusedException("key-passphrase", "no passphrase was entered"));
        byte[] encoded = new byte[3 * answer.length];
        var buffer = ByteBuffer.wrap(encoded);
        var result = StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(answer), buffer, true);
        byte[] bytes = Arrays.copyOf(encoded, buffer.position());
        Arrays.fill(encoded, (byte) 0);
        Arrays.fill(answer, '\0');
        if (result.isError()) {
            throw new MalformedException("passphrase holds half of a surrogate pair");
        }
        return owning(bytes);
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
