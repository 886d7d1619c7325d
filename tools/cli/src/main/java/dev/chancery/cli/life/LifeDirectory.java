// SPDX-License-Identifier: Apache-2.0
package dev.chancery.cli.life;

import dev.chancery.core.Authority;
import dev.chancery.core.Bytes;
import dev.chancery.core.MalformedException;
import dev.chancery.files.InputFiles;
import dev.chancery.files.KeyringDirectory;
import dev.chancery.json.Json;
import dev.chancery.life.Fingerprint;
import dev.chancery.life.Ledger;
import dev.chancery.openpgp.AuthorityCertificate;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The directory `life/AUTHORITY` of an office: see the package comment.
final class LifeDirectory {
    private static final String LEDGER = "ledger.json";
    private static final String SUFFIX = ".asc";

    private final Path directory;
    private final Authority authority;
    private final Steps steps;

    LifeDirectory(Path life, Authority authority, Steps steps) {
        this.directory = life.resolve(authority.name());
        this.authority = authority;
        this.steps = steps;
    }

    /// The authorities that have a ledger, by name.
    static List<Authority> authorities(Path life) {
        if (!Files.exists(life)) {
            return List.of();
        }
        return list(life, "*").stream()
                .filter(entry -> Files.exists(entry.resolve(LEDGER)))
                .map(entry -> new Authority(entry.getFileName().toString()))
                .toList();
    }

    Optional<Ledger> ledger() {
        Path file = directory.resolve(LEDGER);
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        var ledger = Ledger.parse(InputFiles.read("ledger", file, Json.DOCUMENT_BYTES_MAX));
        if (!ledger.authority().equals(authority)) {
            throw new MalformedException("ledger %s is of authority %s".formatted(file, ledger.authority()));
        }
        return Optional.of(ledger);
    }

    void write(Ledger ledger) {
        steps.replace(directory.resolve(LEDGER), ledger.toBytes());
    }

    /// The certificates of the authority, whether or not a key of them is in the ledger yet.
    List<AuthorityCertificate> certificates() {
        return certificates(directory);
    }

    List<AuthorityCertificate> administrators() {
        return certificates(administratorDirectory());
    }

    private Path administratorDirectory() {
        return directory.resolve("administrators");
    }

    private static List<AuthorityCertificate> certificates(Path from) {
        if (!Files.exists(from)) {
            return List.of();
        }
        return list(from, "*" + SUFFIX).stream()
                .map(file -> {
                    var certificate = AuthorityCertificate.read(read(file));
                    if (!file.getFileName().toString().equals(name(certificate))) {
                        throw new MalformedException("file %s holds certificate %s"
                                .formatted(file, certificate.primary().fingerprintText()));
                    }
                    return certificate;
                })
                .toList();
    }

    void write(AuthorityCertificate certificate) {
        steps.replace(directory.resolve(name(certificate)), certificate.armored());
    }

    void writeAdministrator(AuthorityCertificate certificate) {
        steps.replace(administratorDirectory().resolve(name(certificate)), certificate.armored());
    }

    static Fingerprint fingerprint(AuthorityCertificate certificate) {
        return new Fingerprint(certificate.primary().fingerprintText());
    }

    private static String name(AuthorityCertificate certificate) {
        return certificate.primary().fingerprintText() + SUFFIX;
    }

    static Bytes read(Path file) {
        return InputFiles.read("certificate", file, KeyringDirectory.FILE_BYTES_MAX);
    }

    private static List<Path> list(Path directory, String pattern) {
        var files = new ArrayList<Path>();
        try (var entries = Files.newDirectoryStream(directory, pattern)) {
            entries.forEach(entry -> {
                if (!entry.getFileName().toString().startsWith(".")) {
                    files.add(entry);
                }
            });
        } catch (IOException e) {
            throw InputFiles.unreadable("directory", directory, e);
        }
        files.sort(null);
        return files;
    }
}
