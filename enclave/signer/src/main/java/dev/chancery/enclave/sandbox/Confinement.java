// SPDX-License-Identifier: Apache-2.0
package dev.chancery.enclave.sandbox;

import dev.chancery.core.MalformedException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/// What the process may open between [Sandbox#confine] and [Sandbox#seal], besides what every JVM reads (see
/// [RuntimePaths]): the JDK, the class path, the system's libraries, `/proc`, time zones and random numbers.
///
/// @param read files, and directories with all below them, to be read
/// @param write files to be written, and directories in which files and sockets may be made, changed and
///     removed
/// @param mayBeMissing parts that this machine's kernel may lack; all others are required
/// @param exemption what the seal leaves
public record Confinement(List<Path> read, List<Path> write, Set<Part> mayBeMissing, Exemption exemption) {
    public Confinement {
        read = List.copyOf(read);
        write = List.copyOf(write);
        mayBeMissing = Set.copyOf(mayBeMissing);
    }

    /// Nothing is left after the seal.
    public Confinement(List<Path> read, List<Path> write, Set<Part> mayBeMissing) {
        this(read, write, mayBeMissing, Exemption.NONE);
    }

    /// Every part is required, too.
    public Confinement(List<Path> read, List<Path> write) {
        this(read, write, Set.of());
    }

    /// What a process may do after its seal because its keys are elsewhere: a vendor's library opens files
    /// while it signs, and a key server is reached through a connection.
    ///
    /// Files that may be opened then are those of the confinement and these, as Landlock has one ruleset for
    /// the life of a process; so Landlock is required, and for ports the part of it that knows them.
    ///
    /// @param files to be opened later
    /// @param connections to be made later
    /// @param environment variables that the second JVM gets, for libraries that want to be told by them
    public record Exemption(Later files, Connections connections, Map<String, String> environment) {
        /// For keys that are in memory when the process is sealed.
        public static final Exemption NONE = new Exemption(Later.NOTHING, Connections.NONE, Map.of());

        /// Variables that decide what code runs are no configuration of a library.
        private static final String VARIABLE =
                "(?!LD_|JAVA_|JDK_|_JAVA|MALLOC_|GLIBC_|GCONV_|CHANCERY_)[A-Z][A-Z0-9_]{0,63}";

        public Exemption {
            environment = Map.copyOf(environment);
            environment.forEach((name, value) -> {
                if (!name.matches(VARIABLE) || Entrance.isTaken(name)) {
                    throw MalformedException.value("variable", name, "cannot be given to a library");
                }
                if (!value.matches(Entrance.PLAIN_VALUE)) {
                    throw MalformedException.value(
                            "value of " + name, value, "has other than letters, digits, _.,@:/+-");
                }
            });
        }

        boolean isNone() {
            return equals(NONE);
        }

        /// `NAME=value`, sorted.
        List<String> variables() {
            return new TreeMap<>(environment)
                    .entrySet().stream().map(Object::toString).toList();
        }
    }

    /// Files that are opened after the seal.
    ///
    /// @param read files, and directories with all below them
    /// @param write the same, where files may be made, changed and removed; without any, no file is opened
    ///     for writing
    public record Later(List<Path> read, List<Path> write) {
        public static final Later NOTHING = new Later(List.of(), List.of());

        public Later {
            read = List.copyOf(read);
            write = List.copyOf(write);
        }

        boolean any() {
            return !read.isEmpty() || mayWrite();
        }

        boolean mayWrite() {
            return !write.isEmpty();
        }
    }

    /// Connections that are made after the seal.
    ///
    /// @param unixSockets whether to sockets in the file system: to any whose permissions let this user in,
    ///     for no kernel of today restricts them by path
    /// @param tcpPorts to these ports, of any machine
    public record Connections(boolean unixSockets, Set<Integer> tcpPorts) {
        public static final Connections NONE = new Connections(false, Set.of());

        public static final int PORT_MAX = 65_535;

        public Connections {
            tcpPorts = java.util.Collections.unmodifiableSet(new TreeSet<>(tcpPorts));
            for (int port : tcpPorts) {
                if (port < 1 || port > PORT_MAX) {
                    throw MalformedException.value("port", Integer.toString(port), "is not 1 to " + PORT_MAX);
                }
            }
        }

        boolean any() {
            return unixSockets || !tcpPorts.isEmpty();
        }
    }
}
