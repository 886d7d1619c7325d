// SPDX-License-Identifier: Apache-2.0
package dev.chancery.enclave.sandbox;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.StandardProtocolFamily;
import java.nio.channels.DatagramChannel;
import java.nio.channels.FileChannel;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/// The same forbidden things, as Java code would do them.
///
/// Files lie in a directory that Landlock lets the process write, so that it is the filter that says no. What
/// a forgotten seal would let through is made and removed there.
final class JavaAttempts {
    /// `strerror(EPERM)`, in the language that [Entrance#LOCALE] sets.
    private static final String EPERM = "Operation not permitted";

    private final Path directory;
    private final FileChannel open;
    private final Confinement.Exemption exemption;

    /// `open` is a channel that was opened for writing before the seal.
    JavaAttempts(Path directory, FileChannel open, Confinement.Exemption exemption) {
        this.directory = directory;
        this.open = open;
        this.exemption = exemption;
    }

    private interface Action {
        void run() throws IOException;
    }

    List<SelfCheck.Attempt> all() {
        var files = exemption.files();
        var connections = exemption.connections();
        return Stream.of(
                        files.any() ? List.<SelfCheck.Attempt>of() : reading(),
                        files.mayWrite() ? List.<SelfCheck.Attempt>of() : writing(),
                        always(),
                        connections.any() ? List.<SelfCheck.Attempt>of() : sockets())
                .flatMap(List::stream)
                .toList();
    }

    private List<SelfCheck.Attempt> reading() {
        var absent = fresh("absent");
        return List.of(
                attempt("Files.readString(/etc/passwd)", () -> Files.readString(Path.of("/etc/passwd"))),
                attempt("Files.newDirectoryStream", this::list),
                attempt("Files.setLastModifiedTime", () -> Files.setLastModifiedTime(absent, FileTime.fromMillis(0))));
    }

    private void list() throws IOException {
        try (var names = Files.newDirectoryStream(directory)) {
            Objects.requireNonNull(names.iterator());
        }
    }

    /// Changes among them that no kernel makes: a parent removed, a directory moved into itself. Without the
    /// seal it is the name that is at fault, and not the permission.
    private List<SelfCheck.Attempt> writing() {
        var file = fresh("written");
        var parent = directory.resolve("..");
        var directoryToMake = fresh("made");
        return List.of(
                attempt("Files.writeString", () -> {
                    Files.writeString(file, "x");
                    Files.delete(file);
                }),
                attempt("new RandomAccessFile(…, \"rw\")", () -> {
                    new RandomAccessFile(file.toFile(), "rw").close();
                    Files.delete(file);
                }),
                attempt(
                        "FileChannel.open(…, READ, WRITE)",
                        () -> FileChannel.open(
                                        directory.resolve("absent"), StandardOpenOption.READ, StandardOpenOption.WRITE)
                                .close()),
                attempt("FileChannel.truncate", () -> open.truncate(0)),
                attempt("Files.delete", () -> Files.delete(parent)),
                attempt("Files.move", () -> Files.move(directory, directoryToMake)),
                attempt("Files.createDirectory", () -> {
                    Files.createDirectory(directoryToMake);
                    Files.delete(directoryToMake);
                }));
    }

    /// What nobody is exempt from. Files are named that do not exist.
    private List<SelfCheck.Attempt> always() {
        var absent = fresh("absent");
        return List.of(
                attempt("new ProcessBuilder(/bin/true).start()", () -> new ProcessBuilder("/bin/true").start()),
                attempt("new ServerSocket(0)", () -> new ServerSocket(0).close()),
                attempt("DatagramChannel.open()", () -> DatagramChannel.open().close()),
                attempt("Files.createLink", () -> Files.createLink(fresh("linked"), absent)),
                attempt(
                        "Files.setPosixFilePermissions",
                        () -> Files.setPosixFilePermissions(absent, PosixFilePermissions.fromString("rwxrwxrwx"))));
    }

    private static List<SelfCheck.Attempt> sockets() {
        return List.of(
                attempt("SocketChannel.open()", () -> SocketChannel.open().close()),
                attempt(
                        "SocketChannel.open(UNIX)",
                        () -> SocketChannel.open(StandardProtocolFamily.UNIX).close()),
                attempt(
                        "ServerSocketChannel.open(UNIX)",
                        () -> ServerSocketChannel.open(StandardProtocolFamily.UNIX)
                                .close()));
    }

    private Path fresh(String name) {
        return directory.resolve("%s-%d-%d"
                .formatted(
                        name,
                        ProcessHandle.current().pid(),
                        Thread.currentThread().threadId()));
    }

    private static SelfCheck.Attempt attempt(String what, Action action) {
        return new SelfCheck.Attempt(what, () -> {
            try {
                action.run();
                return new SelfCheck.Attempt.Answer("SUCCEEDED", false);
            } catch (IOException | UncheckedIOException e) {
                String text = e.toString();
                return new SelfCheck.Attempt.Answer(text.lines().findFirst().orElse(text), text.contains(EPERM));
            }
        });
    }
}
