// SPDX-License-Identifier: Apache-2.0
package dev.chancery.cli.publishing;

import dev.chancery.cli.places.Place;
import dev.chancery.core.ArtifactName;
import dev.chancery.core.Bytes;
import dev.chancery.core.Digest;
import dev.chancery.core.DigestAlgorithm;
import dev.chancery.files.InputFiles;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/// A file as it shall lie in a place: its name, its SHA-256, and where its bytes come from.
///
/// @param source gives no other bytes to their end than those of the digest
public record Published(ArtifactName name, Digest digest, Place.Source source) {
    /// A file that may change under our hands, and is then refused.
    static Published file(ArtifactName name, Path file, Digest digest) {
        try {
            long size = Files.size(file);
            return new Published(name, digest, new Place.Source() {
                @Override
                public long size() {
                    return size;
                }

                @Override
                public InputStream open() throws IOException {
                    return new Pinned(Files.newInputStream(file), digest, file.toString());
                }
            });
        } catch (IOException e) {
            throw InputFiles.unreadable("artifact", file, e);
        }
    }

    static Published memory(ArtifactName name, Bytes bytes) {
        var digest = new Digest(DigestAlgorithm.SHA256, Pinned.sha256().digest(bytes.toArray()));
        return new Published(name, digest, new Place.Source() {
            @Override
            public long size() {
                return bytes.length();
            }

            @Override
            public InputStream open() {
                return new ByteArrayInputStream(bytes.toArray());
            }
        });
    }
}
