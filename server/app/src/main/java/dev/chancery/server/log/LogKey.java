// SPDX-License-Identifier: Apache-2.0
package dev.chancery.server.log;

import dev.chancery.core.Bytes;
import dev.chancery.core.MalformedException;
import dev.chancery.core.UnavailableException;
import dev.chancery.note.KeyName;
import dev.chancery.note.KeyType;
import dev.chancery.note.NoteSigner;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Set;

/// The key that signs a log's checkpoints, or that of a witness which cosigns them: Ed25519, PKCS #8 in PEM
/// (RFC 7468, section 10), a file of mode 0600.
///
/// It is no authority's: whoever has a log's can show different people different logs, which witnesses notice,
/// and can sign nothing else.
public final class LogKey {
    private static final String KIND = "PRIVATE KEY-----";
    private static final String BEGIN = "-----BEGIN " + KIND;
    private static final String END = "-----END " + KIND;
    /// Bytes: an Ed25519 key has 119.
    private static final int FILE_BYTES_MAX = 1_024;

    private LogKey() {}

    /// Reads the key. Throws `UnavailableException` when it is not there, `MalformedException` when it is
    /// none, or when others may read it.
    public static NoteSigner read(Path file, KeyName origin) {
        return read(file, origin, KeyType.ED25519);
    }

    /// The same for a key of either type.
    public static NoteSigner read(Path file, KeyName name, KeyType type) {
        String whose = whose(type);
        try {
            var others = Files.getPosixFilePermissions(file);
            if (others.stream().anyMatch(right -> !right.name().startsWith("OWNER_"))) {
                throw new MalformedException("%s %s may be used by others than its owner: %s"
                        .formatted(whose, file, PosixFilePermissions.toString(others)));
            }
            if (Files.size(file) > FILE_BYTES_MAX) {
                throw malformed(whose, file);
            }
            return new NoteSigner(type, name, new LibraryNoteKey(decoded(whose, file)));
        } catch (IOException e) {
            throw new UnavailableException("%s %s cannot be read: %s".formatted(whose, file, e.getMessage()), e);
        }
    }

    private static String whose(KeyType type) {
        return switch (type) {
            case ED25519 -> "the log's key";
            case ED25519_COSIGNATURE -> "the witness's key";
        };
    }

    private static Bytes decoded(String whose, Path file) throws IOException {
        String text = Files.readString(file).strip();
        if (!text.startsWith(BEGIN) || !text.endsWith(END)) {
            throw malformed(whose, file);
        }
        try {
            return Bytes.of(
                    Base64.getMimeDecoder().decode(text.substring(BEGIN.length(), text.length() - END.length())));
        } catch (IllegalArgumentException e) {
            throw malformed(whose, file);
        }
    }

    private static MalformedException malformed(String whose, Path file) {
        return new MalformedException("%s %s is no PKCS #8 private key in PEM".formatted(whose, file));
    }

    /// Makes a key; never over one that is there.
    public static void make(Path file, SecureRandom random) {
        try {
            var generator = KeyPairGenerator.getInstance("Ed25519");
            generator.initialize(255, random);
            String body = Base64.getEncoder()
                    .encodeToString(generator.generateKeyPair().getPrivate().getEncoded());
            var own = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
            var options = Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
            try (var channel = Files.newByteChannel(file, options, own)) {
                channel.write(StandardCharsets.US_ASCII.encode(BEGIN + "\n" + body + "\n" + END + "\n"));
            }
        } catch (IOException e) {
            throw new UnavailableException("the key %s cannot be made: %s".formatted(file, e.getMessage()), e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
