// SPDX-License-Identifier: Apache-2.0
package dev.chancery.keys.handle;

import dev.chancery.core.Bytes;
import dev.chancery.core.MalformedException;
import dev.chancery.core.Quoted;
import dev.chancery.core.RefusedException;
import dev.chancery.core.UnavailableException;
import dev.chancery.key.CertificateChain;
import dev.chancery.key.Key;
import dev.chancery.key.KeyId;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// A directory of handles, and all that can be known of the keys without a secret. The package comment has
/// its form.
///
/// Nothing is cached: each call looks at the disk, and at the permissions first.
public final class HandleDirectory<T extends KeyHandle> {
    /// Key files in one directory: more than an office has authorities, formats and years.
    public static final int KEYS_MAX = 1_000;

    private static final String SUFFIX = ".json";
    private static final String CERTIFICATES_SUFFIX = ".certificates.pem";

    private final Path directory;
    private final Function<Bytes, T> parse;

    /// `parse` reads a file of at most [KeyHandle#BYTES_MAX] bytes, and finds one byte more to be too many.
    public HandleDirectory(Path directory, Function<Bytes, T> parse) {
        this.directory = directory;
        this.parse = parse;
    }

    /// Makes the directory itself, mode 0700; its parent has to be there.
    public static void make(Path directory) {
        try {
            Files.createDirectory(
                    directory, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        } catch (IOException e) {
            throw new UnavailableException(FileFault.sentence("key directory", directory, "could not be made", e), e);
        }
    }

    /// Every key, in the order of the file names.
    ///
    /// Throws `RefusedException` (rule `key-permissions`) when others can reach the keys,
    /// `MalformedException` when a file is not right or one key stands there twice, `UnavailableException`
    /// when the directory cannot be read.
    public List<Key> keys() {
        return read("*" + SUFFIX).stream().map(KeyHandle::key).toList();
    }

    /// The one file of this key. Throws `UnavailableException` when there is none.
    public T read(KeyId id) {
        return read("*." + id.abbreviated() + ".*").stream()
                .filter(file -> file.key().id().equals(id))
                .findFirst()
                .orElseThrow(() -> new UnavailableException(
                        "key directory %s has no key %s".formatted(Quoted.text(directory.toString()), id)));
    }

    /// Throws `RefusedException` (rule `file-exists`) when the key is there already, whatever it is bound
    /// to.
    public void write(T file, SecureRandom random) {
        for (Key other : keys()) {
            if (other.id().equals(file.key().id())) {
                throw new RefusedException(
                        "file-exists",
                        "key %s is there already, as %s's %s key"
                                .formatted(other.id(), other.authority(), other.format()));
            }
        }
        NewFile.write(directory.resolve(file.name()), file.toBytes().toArray(), random);
    }

    /// The certificates that lie beside the key's file; needs no passphrase.
    public Optional<CertificateChain> certificates(Key key) {
        Path path = certificateFile(key);
        if (!Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
            return Optional.empty();
        }
        Permissions.requirePrivateFile("certificate file", path);
        try {
            return Optional.of(
                    CertificateChain.parse(readBytes("certificate file", path, CertificateChain.FILE_BYTES_MAX)));
        } catch (MalformedException e) {
            throw new MalformedException(
                    "certificate file " + Quoted.text(path.toString()) + " is not right: " + e.sentence(), e);
        }
    }

    /// Puts certificates beside the key's file, whole, in the place of those that were there.
    public void write(Key key, CertificateChain certificates, SecureRandom random) {
        Permissions.requirePrivateDirectory(directory);
        NewFile.replace(certificateFile(key), certificates.toPem().toArray(), random);
    }

    private Path certificateFile(Key key) {
        return directory.resolve(
                "%s.%s.%s%s".formatted(key.authority(), key.format(), key.id().abbreviated(), CERTIFICATES_SUFFIX));
    }

    private List<T> read(String pattern) {
        Permissions.requirePrivateDirectory(directory);
        var files = new ArrayList<T>();
        var ids = new HashSet<KeyId>();
        for (Path path : paths(pattern)) {
            var file = read(path);
            if (!ids.add(file.key().id())) {
                throw new MalformedException("key directory %s has one key twice: %s"
                        .formatted(Quoted.text(directory.toString()), file.key().id()));
            }
            files.add(file);
        }
        return files;
    }

    private List<Path> paths(String pattern) {
        var paths = new ArrayList<Path>();
        try (var found = Files.newDirectoryStream(directory, pattern)) {
            for (Path path : found) {
                String name = path.getFileName().toString();
                if (name.endsWith(SUFFIX) && !name.startsWith(".")) {
                    paths.add(path);
                }
                if (paths.size() > KEYS_MAX) {
                    throw new MalformedException("key directory %s has more than %d key files"
                            .formatted(Quoted.text(directory.toString()), KEYS_MAX));
                }
            }
        } catch (DirectoryIteratorException e) {
            throw unreadable(new IOException("the listing broke off", e));
        } catch (IOException e) {
            throw unreadable(e);
        }
        paths.sort(null);
        return paths;
    }

    private UnavailableException unreadable(IOException e) {
        return new UnavailableException(FileFault.sentence("key directory", directory, "cannot be read", e), e);
    }

    private T read(Path path) {
        Permissions.requirePrivateFile("key file", path);
        try {
            var file = parse.apply(readBytes("key file", path, KeyHandle.BYTES_MAX));
            if (!path.getFileName().toString().equals(file.name())) {
                throw new MalformedException("the key in it belongs into " + Quoted.text(file.name()));
            }
            return file;
        } catch (MalformedException e) {
            throw new MalformedException(
                    "key file " + Quoted.text(path.toString()) + " is not right: " + e.sentence(), e);
        }
    }

    /// One byte more than there may be, for whoever parses it to see that there are too many.
    private static Bytes readBytes(String subject, Path path, int bytesMax) {
        try (var in = Files.newInputStream(path, LinkOption.NOFOLLOW_LINKS)) {
            return Bytes.of(in.readNBytes(bytesMax + 1));
        } catch (IOException e) {
            throw new UnavailableException(FileFault.sentence(subject, path, "cannot be read", e), e);
        }
    }
}
