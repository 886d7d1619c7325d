// SPDX-License-Identifier: Apache-2.0
package dev.chancery.enclave.sandbox;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/// What the process may open between [Sandbox#confine] and [Sandbox#seal], besides what every JVM reads (see
/// [RuntimePaths]): the JDK, the class path, the system's libraries, `/proc`, time zones and random numbers.
///
/// @param read files, and directories with all below them, to be read
/// @param write files to be written, and directories in which files and sockets may be made, changed and
///     removed
/// @param mayBeMissing parts that this machine's kernel may lack; all others are required
public record Confinement(List<Path> read, List<Path> write, Set<Part> mayBeMissing) {
    public Confinement {
        read = List.copyOf(read);
        write = List.copyOf(write);
        mayBeMissing = Set.copyOf(mayBeMissing);
    }

    /// Every part is required.
    public Confinement(List<Path> read, List<Path> write) {
        this(read, write, Set.of());
    }
}
