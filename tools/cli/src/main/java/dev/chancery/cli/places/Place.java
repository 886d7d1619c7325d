// SPDX-License-Identifier: Apache-2.0
package dev.chancery.cli.places;

import dev.chancery.core.ArtifactName;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;

/// Files by name. See the package comment.
public interface Place extends AutoCloseable {
    /// What is to be written, which can be read again when an attempt fails.
    interface Source {
        /// Bytes.
        long size();

        InputStream open() throws IOException;
    }

    /// The file, to be closed by the caller; empty where there is none. A read that fails later is an `IOException`.
    Optional<InputStream> open(ArtifactName name);

    /// Writes a file whole; false where there is one of the name already, which stays as it is.
    ///
    /// Throws `RefusedException` (`place-denied`, `place-refused`) and `UnavailableException`. A source that throws
    /// a `ChanceryException` leaves nothing.
    boolean create(ArtifactName name, Source source);

    /// The names of all files, in their order, but for hidden ones; empty where the place does not tell.
    Optional<List<ArtifactName>> names();

    /// As a person writes it, for messages.
    @Override
    String toString();

    @Override
    void close();
}
