// SPDX-License-Identifier: Apache-2.0
package dev.chancery.cli.keys;

import dev.chancery.cli.files.NewDirectory;
import dev.chancery.cli.files.OutputFiles;
import dev.chancery.core.MalformedException;
import dev.chancery.core.RefusedException;
import dev.chancery.files.InputFiles;
import dev.chancery.keys.share.KeyShare;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Shares as files: `AUTHORITY.KEYID.share-1-of-3.txt`, mode 0600.
record ShareFiles(Path directory) {
    /// Shares by the names of their files.
    record Given(Map<String, KeyShare> byName) implements AutoCloseable {
        KeyShare first() {
            return byName.values().iterator().next();
        }

        List<String> names() {
            return List.copyOf(byName.keySet());
        }

        @Override
        public void close() {
            byName.values().forEach(KeyShare::close);
        }
    }

    /// All of them or none, in a directory that is new or empty: a share that is there may have been handed over.
    List<String> write(List<KeyShare> shares) {
        var mode = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
        new NewDirectory(directory, "choose another directory: shares are not replaced").fill(made -> {
            var files = new OutputFiles(false);
            for (var share : shares) {
                files.write(
                        made.resolve(name(share)),
                        output -> output.write(share.toText().toArray()),
                        mode);
            }
            files.commit();
        });
        return shares.stream()
                .map(share -> directory.resolve(name(share)).toString())
                .toList();
    }

    private static String name(KeyShare share) {
        String fingerprint = share.set().key().fingerprint();
        return "%s.%s.share-%d-of-%d.txt"
                .formatted(
                        share.set().key().description().authority(),
                        fingerprint.substring(fingerprint.length() - 16),
                        share.number(),
                        share.set().shares());
    }

    static Given read(List<Path> files) {
        var shares = new LinkedHashMap<String, KeyShare>();
        for (var file : files) {
            if (shares.put(file.toString(), read(file)) != null) {
                throw new RefusedException("share-set", "share %s is given twice".formatted(file));
            }
        }
        return new Given(shares);
    }

    private static KeyShare read(Path file) {
        try {
            return KeyShare.parse(InputFiles.read("share", file, KeyShare.TEXT_BYTES_MAX));
        } catch (MalformedException e) {
            throw new MalformedException("share %s is not right: %s".formatted(file, e.sentence()), e);
        }
    }
}
