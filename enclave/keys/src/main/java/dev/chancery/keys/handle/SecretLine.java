// SPDX-License-Identifier: Apache-2.0
package dev.chancery.keys.handle;

import dev.chancery.core.MalformedException;
import dev.chancery.core.RefusedException;
import dev.chancery.core.UnavailableException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.regex.Pattern;

/// Reads a secret of one line from its source: bytes without control characters, used as they are.
public final class SecretLine {
    /// What is read, for messages and limits. `name` is `passphrase` or `PIN`, `what` is what it opens.
    public record Kind(String name, String what, int bytesMax) {
        private String rule() {
            return "key-" + name.toLowerCase(Locale.ROOT);
        }

        private String question(boolean making) {
            String asked = making ? "New " + name : name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1);
            return "%s for %s: ".formatted(asked, what);
        }
    }

    private static final Pattern CREDENTIAL_NAME = Pattern.compile("[A-Za-z0-9_.-]{1,255}");
    private static final int DESCRIPTOR_MIN = 3;
    /// No process has more: Linux' default for `fs.nr_open`.
    private static final int DESCRIPTOR_MAX = 1 << 20;

    private SecretLine() {}

    /// One line feed at the end does not belong to it.
    ///
    /// Throws `RefusedException` (rule `key-permissions`) for a file that others can read,
    /// `UnavailableException` when there is nothing to read, `MalformedException` for what [#owning] does
    /// not take.
    public static SecretBytes read(SecretSource source, Kind kind) {
        return switch (source) {
            case SecretSource.OfFile(var file) -> {
                Permissions.requirePrivateFile(kind.name() + " file", file);
                yield line(kind.name() + " file", file, kind);
            }
            case SecretSource.OfDescriptor(var number) -> fromDescriptor(number, kind);
            case SecretSource.OfCredential(var directory, var name) -> fromCredential(directory, name, kind);
            case SecretSource.OfPrompt(var prompt, var making) -> fromPrompt(prompt, making, kind);
        };
    }

    /// Takes the array itself and overwrites it when the secret is closed or is none: 1 byte to the kind's
    /// most, without control characters.
    public static SecretBytes owning(byte[] bytes, Kind kind) {
        var secret = SecretBytes.owning(bytes);
        if (bytes.length == 0 || bytes.length > kind.bytesMax()) {
            secret.close();
            throw new MalformedException(
                    "%s has %d bytes, not 1 to %d".formatted(kind.name(), bytes.length, kind.bytesMax()));
        }
        for (byte b : bytes) {
            if ((b >= 0 && b < ' ') || b == 0x7f) {
                secret.close();
                throw new MalformedException(kind.name() + " holds a control character, such as a second line,"
                        + " which other programs would read otherwise");
            }
        }
        return secret;
    }

    private static SecretBytes fromDescriptor(int number, Kind kind) {
        if (number < DESCRIPTOR_MIN || number > DESCRIPTOR_MAX) {
            throw new MalformedException(
                    "%s descriptor %d is not %d to %d".formatted(kind.name(), number, DESCRIPTOR_MIN, DESCRIPTOR_MAX));
        }
        return line(kind.name() + " descriptor", Path.of("/proc/self/fd/" + number), kind);
    }

    private static SecretBytes fromCredential(Path directory, String name, Kind kind) {
        if (!CREDENTIAL_NAME.matcher(name).matches() || name.equals(".") || name.equals("..")) {
            throw MalformedException.value("credential name", name, "is not a file name in ASCII");
        }
        return line("credential", directory.resolve(name), kind);
    }

    private static SecretBytes line(String subject, Path path, Kind kind) {
        byte[] read = new byte[kind.bytesMax() + 2];
        int length;
        try (var in = Files.newInputStream(path)) {
            length = in.readNBytes(read, 0, read.length);
        } catch (IOException e) {
            throw new UnavailableException(FileFault.sentence(subject, path, "cannot be read", e), e);
        }
        int end = length > 0 && read[length - 1] == '\n' ? length - 1 : length;
        byte[] bytes = Arrays.copyOf(read, end);
        Arrays.fill(read, (byte) 0);
        return owning(bytes, kind);
    }

    private static SecretBytes fromPrompt(SecretSource.Prompt prompt, boolean making, Kind kind) {
        var secret = ask(prompt, kind.question(making), kind);
        if (making) {
            try (var again = ask(prompt, "The same once more: ", kind)) {
                if (!Arrays.equals(secret.exposed(), again.exposed())) {
                    secret.close();
                    throw new MalformedException("the two %ss differ".formatted(kind.name()));
                }
            }
        }
        return secret;
    }

    private static SecretBytes ask(SecretSource.Prompt prompt, String question, Kind kind) {
        char[] answer = prompt.ask(question)
                .orElseThrow(() -> new RefusedException(kind.rule(), "no %s was entered".formatted(kind.name())));
        byte[] encoded = new byte[3 * answer.length];
        var buffer = ByteBuffer.wrap(encoded);
        var result = StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(answer), buffer, true);
        byte[] bytes = Arrays.copyOf(encoded, buffer.position());
        Arrays.fill(encoded, (byte) 0);
        Arrays.fill(answer, '\0');
        if (result.isError()) {
            throw new MalformedException(kind.name() + " holds half of a surrogate pair");
        }
        return owning(bytes, kind);
    }
}
