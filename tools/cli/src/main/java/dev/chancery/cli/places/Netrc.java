// SPDX-License-Identifier: Apache-2.0
package dev.chancery.cli.places;

import dev.chancery.core.MalformedException;
import dev.chancery.core.RefusedException;
import dev.chancery.core.UnavailableException;
import dev.chancery.files.InputFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Base64;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/// Names and passwords by host, in the form that ftp(1), curl and git read: `machine HOST login NAME password TEXT`,
/// and `default` for all others. Macros are not taken, nor texts with spaces.
public final class Netrc {
    /// Bytes of the file.
    static final int BYTES_MAX = 1 << 20;

    private static final Set<PosixFilePermission> OTHERS = Set.of(
            PosixFilePermission.GROUP_READ,
            PosixFilePermission.GROUP_WRITE,
            PosixFilePermission.OTHERS_READ,
            PosixFilePermission.OTHERS_WRITE);

    private Netrc() {}

    /// The value of an `Authorization` header (RFC 7617) for this host; empty where the file has none.
    public static Optional<String> authorization(Path file, String host) {
        requireSecret("netrc file", file);
        String text = new String(InputFiles.read("netrc file", file, BYTES_MAX).toArray(), StandardCharsets.UTF_8);
        var words = text.lines()
                .filter(line -> !line.strip().startsWith("#"))
                .flatMap(line -> List.of(line.strip().split("\\s+")).stream())
                .filter(word -> !word.isEmpty())
                .iterator();
        return find(file, words, host);
    }

    private static Optional<String> find(Path file, Iterator<String> words, String host) {
        boolean meant = false;
        Optional<String> login = Optional.empty();
        Optional<String> password = Optional.empty();
        while (words.hasNext()) {
            String word = words.next();
            switch (word) {
                case "machine", "default" -> {
                    if (meant) { // the first that fits counts
                        return header(login, password);
                    }
                    meant = word.equals("default")
                            || value(file, word, words).toLowerCase(Locale.ROOT).equals(host);
                    login = Optional.empty();
                    password = Optional.empty();
                }
                case "login" -> login = Optional.of(value(file, word, words));
                case "password" -> password = Optional.of(value(file, word, words));
                case "account" -> value(file, word, words);
                default ->
                    throw new MalformedException(
                            "netrc file %s has a word that is not machine, default, login, password or account"
                                    .formatted(file));
            }
        }
        return meant ? header(login, password) : Optional.empty();
    }

    private static String value(Path file, String word, Iterator<String> words) {
        if (!words.hasNext()) {
            throw new MalformedException("netrc file %s ends after %s".formatted(file, word));
        }
        return words.next();
    }

    private static Optional<String> header(Optional<String> login, Optional<String> password) {
        return login.flatMap(name -> password.map(secret ->
                "Basic " + Base64.getEncoder().encodeToString((name + ":" + secret).getBytes(StandardCharsets.UTF_8))));
    }

    static void requireSecret(String subject, Path file) {
        try {
            if (Files.getPosixFilePermissions(file).stream().anyMatch(OTHERS::contains)) {
                throw new RefusedException(
                        "key-permissions", "%s %s is open to others; chmod 600 mends it".formatted(subject, file));
            }
        } catch (IOException e) {
            throw InputFiles.unreadable(subject, file, e);
        } catch (UnsupportedOperationException e) {
            throw new UnavailableException(
                    "%s %s lies on a file system without permissions".formatted(subject, file), e);
        }
    }
}
