// SPDX-License-Identifier: Apache-2.0
package dev.chancery.cli.publishing;

import dev.chancery.cli.files.Content;
import dev.chancery.cli.packages.StoredZipFile;
import dev.chancery.core.ArtifactName;
import dev.chancery.core.Bytes;
import dev.chancery.core.MalformedException;
import dev.chancery.core.Quoted;
import dev.chancery.core.Signature;
import dev.chancery.core.UnavailableException;
import dev.chancery.files.FileCause;
import dev.chancery.files.InputFiles;
import dev.chancery.json.Json;
import dev.chancery.json.JsonFields;
import dev.chancery.log.Receipt;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/// A bundle: a stored zip file with these in it.
///
/// | name | what |
/// |---|---|
/// | `bundle.json` | `{"version": 1, "artifacts": [NAME, …]}` |
/// | `README.md` | how stock tools verify each signature |
/// | `policy.json` | what the sender demanded |
/// | `artifacts/NAME` | an artifact; `NAME.…` its signatures and receipts |
/// | `keyring/` | public key files, as in a keyring's directory |
/// | `keys/` | the same for stock tools |
/// | `update/` | a signed keyring document, as `chancery keyring update` takes it |
///
/// Anything else makes it malformed. Nobody believes keys and policy that come with what they are about: who reads a
/// bundle has his own.
final class BundleFiles implements AutoCloseable {
    static final String INDEX = "bundle.json";
    static final String README = "README.md";
    static final String POLICY = "policy.json";
    static final String ARTIFACTS = "artifacts/";
    static final String KEYRING = "keyring/";
    static final String KEYS = "keys/";
    static final String UPDATE = "update/";
    /// Artifacts of one bundle.
    static final int ARTIFACTS_MAX = 1_000;

    private static final Set<String> FILES = Set.of(INDEX, README, POLICY);
    private static final List<String> FOLDERS = List.of(KEYRING, KEYS, UPDATE);
    /// Bytes of a signature or receipt.
    private static final int BESIDE_BYTES_MAX = Math.max(Signature.BYTES_MAX, Receipt.BYTES_MAX);

    private final Path path;
    private final StoredZipFile zip;
    private final List<ArtifactName> artifacts;

    private BundleFiles(Path path, StoredZipFile zip) {
        this.path = path;
        this.zip = zip;
        this.artifacts = readIndex();
        zip.entries().forEach(this::requireKnown);
        artifacts.forEach(name ->
                require(zip.entries().containsKey(ARTIFACTS + name), "it has no " + Quoted.text(ARTIFACTS + name)));
    }

    /// Throws `MalformedException` for what is no bundle, to the last byte.
    static BundleFiles open(Path path) {
        var zip = StoredZipFile.open(path);
        try {
            return new BundleFiles(path, zip);
        } catch (RuntimeException e) {
            zip.close();
            throw e;
        }
    }

    static Bytes index(List<String> artifacts) {
        return Bytes.of(new JsonFields()
                .put("version", 1)
                .putTexts("artifacts", artifacts)
                .toJson()
                .pretty()
                .getBytes(StandardCharsets.UTF_8));
    }

    private List<ArtifactName> readIndex() {
        var entry = zip.entries().get(INDEX);
        if (entry == null || entry.size() > Json.DOCUMENT_BYTES_MAX) {
            throw malformed("it has no " + INDEX);
        }
        try (var input = entry.open()) {
            return Json.parse(Bytes.of(input.readAllBytes()), INDEX).object(object -> {
                object.integer("version", 1, 1);
                var names = object.list("artifacts", 1, ARTIFACTS_MAX, name -> name.text(ArtifactName::new));
                require(new HashSet<>(names).size() == names.size(), "an artifact is named twice");
                return names;
            });
        } catch (IOException e) {
            throw InputFiles.unreadable("bundle", path, e);
        }
    }

    private void requireKnown(String name, StoredZipFile.Entry entry) {
        boolean known = FILES.contains(name)
                || FOLDERS.stream()
                        .anyMatch(folder -> name.startsWith(folder) && name.indexOf('/', folder.length()) < 0)
                || (name.startsWith(ARTIFACTS) && isOfArtifact(name.substring(ARTIFACTS.length()), entry.size()));
        require(known, Quoted.text(name) + " belongs to nothing in it");
    }

    private boolean isOfArtifact(String name, long size) {
        return artifacts.stream()
                .anyMatch(artifact -> name.equals(artifact.text())
                        || (name.startsWith(artifact + ".") && name.indexOf('/') < 0 && size <= BESIDE_BYTES_MAX));
    }

    private void require(boolean holds, String otherwise) {
        if (!holds) {
            throw malformed(otherwise);
        }
    }

    private MalformedException malformed(String fault) {
        return new MalformedException("%s is no bundle: %s".formatted(path, fault));
    }

    List<ArtifactName> artifacts() {
        return artifacts;
    }

    /// An artifact, streaming out of the file; beside it lies what lies beside this path.
    Content content(ArtifactName name, Path beside) {
        var entry = Objects.requireNonNull(zip.entries().get(ARTIFACTS + name));
        return Content.elsewhere(name, beside, () -> Channels.newChannel(entry.open()));
    }

    /// Writes artifacts and what lies beside them.
    void unpack(Path directory) {
        zip.entries().forEach((name, entry) -> {
            if (name.startsWith(ARTIFACTS)) {
                copy(entry, directory.resolve(name.substring(ARTIFACTS.length())));
            }
        });
    }

    private static void copy(StoredZipFile.Entry entry, Path target) {
        try (InputStream input = entry.open()) {
            Files.copy(input, target);
            try (var channel = java.nio.channels.FileChannel.open(target, java.nio.file.StandardOpenOption.WRITE)) {
                channel.force(true);
            }
        } catch (IOException e) {
            throw new UnavailableException("%s cannot be written: %s".formatted(target, FileCause.of(e)), e);
        }
    }

    @Override
    public void close() {
        zip.close();
    }
}
