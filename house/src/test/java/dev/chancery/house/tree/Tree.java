// SPDX-License-Identifier: Apache-2.0
package dev.chancery.house.tree;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// The files that a rule may look at, as paths relative to a root, with `/` between names, sorted.
///
/// In a git work tree these are the files git tracks or would track, so that build output and ignored files are
/// nobody's fault; elsewhere (a source archive, a fixture) all files that are not below a `target` folder.
public record Tree(Path root, List<String> files) {

    /// Where the guilty fixtures lie; the real tree never contains them.
    private static final String FIXTURES = "house/src/test/resources/guilty/";

    public Tree {
        files = files.stream().sorted().toList();
    }

    /// The real tree, found by walking up from the working directory of the test.
    public static Tree whole() {
        var tree = at(rootAbove(Path.of("").toAbsolutePath()));
        return new Tree(
                tree.root(),
                tree.files.stream().filter(file -> !file.startsWith(FIXTURES)).toList());
    }

    /// The guilty fixture of this name, as a tree of its own.
    public static Tree guilty(String name) {
        return at(rootAbove(Path.of("").toAbsolutePath()).resolve(FIXTURES + name));
    }

    /// The tree below a folder that is either the top of a git work tree or no part of one we ask.
    public static Tree at(Path root) {
        return new Tree(root, Files.exists(root.resolve(".git")) ? tracked(root) : walked(root));
    }

    private static Path rootAbove(Path start) {
        for (var folder = start; folder != null; folder = folder.getParent()) {
            if (Files.isDirectory(folder.resolve("lib")) && Files.isDirectory(folder.resolve("house"))) {
                return folder;
            }
        }
        throw new IllegalStateException(
                "No folder with lib/ and house/ at or above " + start + ": run this inside the tree.");
    }

    private static List<String> tracked(Path root) {
        try {
            var git = new ProcessBuilder("git", "ls-files", "-co", "--exclude-standard", "-z")
                    .directory(root.toFile())
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            var names = new String(git.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            var status = git.waitFor();
            if (status != 0) {
                throw new IllegalStateException(
                        "git ls-files in " + root + " exits " + status + ": see its message above.");
            }
            return Arrays.stream(names.split("\0"))
                    .filter(name -> Files.isRegularFile(root.resolve(name)))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException("git ls-files does not run in " + root + ": is git installed?", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while git lists the files of " + root, e);
        }
    }

    private static List<String> walked(Path root) {
        try (Stream<Path> paths = Files.walk(root)) {
            return paths.filter(Files::isRegularFile)
                    .map(path -> root.relativize(path).toString().replace('\\', '/'))
                    .filter(name -> !("/" + name).contains("/target/"))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot list " + root, e);
        }
    }

    /// All files whose whole path matches the regular expression.
    public List<String> matching(String expression) {
        var pattern = Pattern.compile(expression);
        return files.stream().filter(file -> pattern.matcher(file).matches()).toList();
    }

    /// Whether this is a file of the tree, or a folder with files in it.
    public boolean has(String path) {
        var folder = path.isEmpty() || path.endsWith("/") ? path : path + "/";
        return files.contains(path) || files.stream().anyMatch(file -> file.startsWith(folder));
    }

    /// The file as UTF-8; bytes that are none (a binary vector) become replacement characters.
    public String text(String file) {
        try {
            return new String(Files.readAllBytes(root.resolve(file)), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read " + file, e);
        }
    }

    public List<String> lines(String file) {
        return text(file).lines().toList();
    }
}
