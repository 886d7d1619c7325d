// SPDX-License-Identifier: Apache-2.0
package dev.chancery.server.registry;

import dev.chancery.core.ChanceryException;
import dev.chancery.core.MalformedException;
import dev.chancery.core.UnavailableException;
import dev.chancery.files.FileCause;
import dev.chancery.files.InputFiles;
import dev.chancery.json.Json;
import dev.chancery.packet.Armor;
import dev.chancery.server.registry.manifest.Categories;
import dev.chancery.server.registry.manifest.PackageArchive;
import dev.chancery.server.registry.manifest.PackageId;
import dev.chancery.server.registry.manifest.PackageManifest;
import dev.chancery.server.registry.manifest.RegistryPackage;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;

/// The folder of packages, `NAME-VERSION.zip` each, with an armored OpenPGP signature in `NAME-VERSION.zip.sig`. What
/// changes in it is seen a second later. For many threads.
final class PackageFolder {
    /// Packages in one folder, of which the index holds what it tells.
    static final int PACKAGES_MAX = 20_000;
    /// Bytes of a signature file: some authorities' signatures, one behind the other.
    static final int SIGNATURE_BYTES_MAX = 1 << 16;

    static final String SIGNATURE = ".sig";

    private static final Duration LOOKED = Duration.ofSeconds(1);

    /// What tells a file from another one that had its name.
    record Stamp(long bytes, long modifiedMillis) {
        static Optional<Stamp> of(Path file) throws IOException {
            try {
                var attributes = Files.readAttributes(file, BasicFileAttributes.class);
                return attributes.isRegularFile()
                        ? Optional.of(new Stamp(
                                attributes.size(), attributes.lastModifiedTime().toMillis()))
                        : Optional.empty();
            } catch (FileSystemException e) {
                return Optional.empty(); // nothing, or a link that leads to itself
            }
        }

        String tag() {
            return "%x-%x".formatted(modifiedMillis, bytes);
        }
    }

    private record Stamps(Stamp zip, Optional<Stamp> signature) {}

    /// What was found of a file: a package, or why it is not handed out.
    ///
    /// @param lasting false where it may be another time that it is looked at
    private record Found(Stamps stamps, Optional<RegistryPackage> good, Optional<String> fault, boolean lasting) {}

    private final Path folder;
    private final LongSupplier nanos;
    private final int packagesMax;
    private final ReentrantLock looking = new ReentrantLock();
    private Map<String, Found> found = Map.of();
    private volatile PackageIndex index = new PackageIndex(List.of());
    private volatile List<String> faults = List.of();
    private volatile long lookedNanos;

    /// Looks at every package. Throws `UnavailableException` where there is no such folder.
    PackageFolder(Path folder, LongSupplier nanos) {
        this(folder, nanos, PACKAGES_MAX);
    }

    /// With another limit.
    PackageFolder(Path folder, LongSupplier nanos, int packagesMax) {
        this.packagesMax = packagesMax;
        this.folder = folder;
        this.nanos = nanos;
        look();
    }

    /// What is there, as it was a second ago at most.
    PackageIndex index() {
        if (nanos.getAsLong() - lookedNanos > LOOKED.toNanos() && looking.tryLock()) {
            try {
                read();
            } finally {
                looking.unlock();
            }
        }
        return index;
    }

    /// The same, as it is now.
    PackageIndex look() {
        looking.lock();
        try {
            read();
        } finally {
            looking.unlock();
        }
        return index;
    }

    /// Files that are called as a package is, and are not handed out; a sentence each.
    List<String> faults() {
        return faults;
    }

    Path file(String name) {
        return folder.resolve(name);
    }

    private void read() {
        var now = new TreeMap<String, Found>();
        try (var files = Files.newDirectoryStream(folder, "[!.]*" + PackageId.SUFFIX)) {
            for (Path file : files) {
                String name = String.valueOf(file.getFileName());
                var zip = Stamp.of(file);
                if (zip.isPresent()) {
                    now.put(name, found(name, new Stamps(zip.get(), Stamp.of(file(name + SIGNATURE)))));
                }
                if (now.size() > packagesMax) {
                    throw new UnavailableException(
                            "folder %s has more than %d packages".formatted(folder, packagesMax));
                }
            }
        } catch (IOException e) {
            throw InputFiles.unreadable("folder of packages", folder, e);
        }
        if (!now.equals(found)) {
            var wrong = new ArrayList<String>();
            now.forEach((name, one) ->
                    one.fault().ifPresent(why -> wrong.add("package %s is not handed out: %s".formatted(name, why))));
            faults = List.copyOf(wrong);
            index = new PackageIndex(
                    now.values().stream().flatMap(one -> one.good().stream()).toList());
            found = now;
        }
        lookedNanos = nanos.getAsLong();
    }

    private Found found(String name, Stamps stamps) {
        Found before = found.get(name);
        if (before != null && before.lasting() && before.stamps().equals(stamps)) {
            return before;
        }
        try {
            return new Found(stamps, Optional.of(read(name, stamps)), Optional.empty(), true);
        } catch (ChanceryException e) {
            return new Found(stamps, Optional.empty(), Optional.of(e.sentence()), e instanceof MalformedException);
        }
    }

    private RegistryPackage read(String name, Stamps stamps) {
        var id = PackageId.ofFile(name)
                .orElseThrow(() -> new MalformedException("it is not called NAME-VERSION.zip, with a name of"
                        + " lower-case letters, digits and underscores"));
        if (stamps.signature().isEmpty()) {
            throw new MalformedException("it is not signed: there is no %s%s".formatted(name, SIGNATURE));
        }
        checkSignature(file(name + SIGNATURE));
        return open(file(name), id).kept();
    }

    /// What is told of one package, read anew.
    Json.Members describe(RegistryPackage one) {
        return one.deprecated(open(file(one.id().file()), one.id()).whole());
    }

    /// Of which form it is, not whose.
    static void checkSignature(Path file) {
        var signature = InputFiles.read("signature file", file, SIGNATURE_BYTES_MAX);
        if (!Armor.isArmored(signature)
                || Armor.read(Armor.Kind.SIGNATURE, signature).isEmpty()) {
            throw new MalformedException("its signature is not an armored one of OpenPGP");
        }
    }

    static PackageManifest.Said open(Path file, PackageId id) {
        try (var archive = PackageArchive.open(file, id)) {
            return PackageManifest.read(archive, id, Categories.names(), true);
        } catch (IOException e) {
            throw new UnavailableException("package %s cannot be read: %s".formatted(id, FileCause.of(e)), e);
        }
    }
}
