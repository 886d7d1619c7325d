// SPDX-License-Identifier: Apache-2.0
package dev.chancery.files;

import dev.chancery.core.Authority;
import dev.chancery.core.Bytes;
import dev.chancery.core.FormatName;
import dev.chancery.core.MalformedException;
import dev.chancery.core.Quoted;
import dev.chancery.format.FormatKeyring;
import dev.chancery.format.TimestampedFormat;
import dev.chancery.format.VerifyingFormat;
import dev.chancery.formats.Formats;
import dev.chancery.key.CertificateChain;
import dev.chancery.key.Key;
import dev.chancery.verification.Keyring;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// A keyring as a directory of files that stock tools read: `qa.openpgp.asc`, `qa.raw.pem`.
///
/// The file's name says whose key it is: whoever can write the directory decides who is trusted. A file with
/// another name is an error, because a key that is silently left out is found out too late; hidden files are
/// left alone. `timestamp_services.pem` has the certificates of the timestamp services that are trusted.
public final class KeyringDirectory {
    /// Files: a thousand authorities with several formats.
    public static final int FILES_MAX = 10_000;
    /// Bytes of one public key file: a certificate with hundreds of certifications.
    public static final int FILE_BYTES_MAX = 1 << 20;

    /// Certificates of the timestamp services that are trusted. No authority's name has an underscore.
    private static final String TIMESTAMP_SERVICES = "timestamp_services.pem";

    private final Path directory;
    private final Formats formats;

    public KeyringDirectory(Path directory, Formats formats) {
        this.directory = directory;
        this.formats = formats;
    }

    public Path file(Authority authority, FormatName format) {
        return directory.resolve(
                authority + formats.get(format).description().publicKeys().suffix());
    }

    /// Where the certificates of trusted timestamp services lie, which need not be there.
    public Path timestampServicesFile() {
        return directory.resolve(TIMESTAMP_SERVICES);
    }

    /// The certificates of trusted timestamp services, as PEM.
    public Optional<Bytes> timestampServices() {
        Path file = timestampServicesFile();
        return Files.exists(file)
                ? Optional.of(InputFiles.read("certificates of timestamp services", file, FILE_BYTES_MAX))
                : Optional.empty();
    }

    /// Whether the keyring gives out this key as its authority's.
    public boolean publishes(Key key) {
        Path file = file(key.authority(), key.format());
        return Files.exists(file)
                && formats.get(key.format())
                        .verifying()
                        .publishes(InputFiles.read("public key file", file, FILE_BYTES_MAX), key);
    }

    /// The public key files, by format and authority.
    public Map<FormatName, Map<Authority, Bytes>> files() {
        var found = new LinkedHashMap<FormatName, Map<Authority, Bytes>>();
        for (Path file : list()) {
            String name = file.getFileName().toString();
            if (name.equals(TIMESTAMP_SERVICES)) {
                continue; // no authority's
            }
            var format = formats.list().stream()
                    .map(Formats.Format::description)
                    .filter(description ->
                            name.endsWith(description.publicKeys().suffix()))
                    .findFirst()
                    .orElseThrow(() -> strange(name));
            var authority =
                    authority(name, name.length() - format.publicKeys().suffix().length());
            found.computeIfAbsent(format.name(), f -> new TreeMap<>())
                    .put(authority, InputFiles.read("public key file", file, FILE_BYTES_MAX));
        }
        return found;
    }

    private Authority authority(String name, int end) {
        try {
            return new Authority(name.substring(0, end));
        } catch (MalformedException e) {
            throw new MalformedException(
                    "keyring %s has a file %s: %s".formatted(directory, Quoted.text(name), e.sentence()), e);
        }
    }

    public Keyring read() {
        return read(files());
    }

    /// What the keyring would be with this file in it.
    public Keyring readWith(Authority authority, FormatName format, Bytes file) {
        var files = files();
        files.computeIfAbsent(formats.get(format).description().name(), f -> new TreeMap<>())
                .put(authority, file);
        return read(files);
    }

    /// What the keyring would be with these files, by format and authority, instead of its own.
    public Keyring read(Map<FormatName, Map<Authority, Bytes>> files) {
        var keyrings = new LinkedHashMap<FormatName, FormatKeyring>();
        files.forEach((format, ofFormat) ->
                keyrings.put(format, keyring(formats.get(format).verifying(), ofFormat)));
        return new Keyring(keyrings);
    }

    private FormatKeyring keyring(VerifyingFormat format, Map<Authority, Bytes> files) {
        return format instanceof TimestampedFormat timestamped
                ? timestampServices()
                        .map(services -> timestamped.keyring(files, services(services)))
                        .orElseGet(() -> format.keyring(files))
                : format.keyring(files);
    }

    private CertificateChain services(Bytes pem) {
        try {
            return CertificateChain.parse(pem);
        } catch (MalformedException e) {
            throw new MalformedException(
                    "keyring %s has a file %s: %s".formatted(directory, TIMESTAMP_SERVICES, e.sentence()), e);
        }
    }

    private List<Path> list() {
        var files = new ArrayList<Path>();
        try (var entries = Files.newDirectoryStream(
                directory, entry -> !entry.getFileName().toString().startsWith("."))) {
            for (Path entry : entries) {
                files.add(entry);
                if (files.size() > FILES_MAX) {
                    throw new MalformedException("keyring %s has more than %d files".formatted(directory, FILES_MAX));
                }
            }
        } catch (IOException e) {
            throw InputFiles.unreadable("keyring", directory, e);
        }
        files.sort(null);
        return files;
    }

    private MalformedException strange(String name) {
        return new MalformedException("keyring %s has a file %s that is not AUTHORITY%s"
                .formatted(
                        directory,
                        Quoted.text(name),
                        String.join(
                                " or AUTHORITY",
                                formats.list().stream()
                                        .map(format -> format.description()
                                                .publicKeys()
                                                .suffix())
                                        .toList())));
    }
}
