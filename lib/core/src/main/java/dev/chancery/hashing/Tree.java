// SPDX-License-Identifier: Apache-2.0
package dev.chancery.hashing;

import dev.chancery.core.Digest;
import dev.chancery.core.DigestAlgorithm;
import dev.chancery.core.MalformedException;
import dev.chancery.core.Quoted;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/// The files of a directory and of those below it: the path of each from the top, its parts joined by `/`, and the
/// SHA-256 of its content. They stand in the order of their parts, by code points: `a/b` before `a-b`. Nothing but
/// files: no owners, no modes, no empty directories.
public final class Tree {
    /// Files: as many as a statement of its largest size names.
    public static final int FILES_MAX = 10_000;
    /// Bytes of one path in UTF-8.
    public static final int PATH_BYTES_MAX = 4_096;

    private final SortedMap<String, Digest> files;

    private Tree(SortedMap<String, Digest> files) {
        this.files = files;
    }

    /// Throws `MalformedException` for a path that leads elsewhere (absolute, with an empty part, `.` or `..`), for
    /// two directories in one (a path that is a file and the directory of another), and for digests that are not
    /// SHA-256.
    public static Tree of(SortedMap<String, Digest> files) {
        if (files.isEmpty() || files.size() > FILES_MAX) {
            throw new MalformedException("%d files in a tree are not 1 to %d".formatted(files.size(), FILES_MAX));
        }
        var sorted = new TreeMap<String, Digest>(Tree::compare);
        files.forEach((path, digest) -> {
            requirePath(path);
            if (digest.algorithm() != DigestAlgorithm.SHA256) {
                throw MalformedException.value("path", path, "has a digest that is not SHA-256");
            }
            sorted.put(path, digest);
        });
        for (String path : sorted.keySet()) {
            requireNoFileAbove(sorted, path);
        }
        return new Tree(Collections.unmodifiableSortedMap(sorted));
    }

    private static void requirePath(String path) {
        boolean within = Arrays.stream(path.split("/", -1))
                .noneMatch(part -> part.isEmpty() || part.equals(".") || part.equals(".."));
        boolean plain = path.chars().noneMatch(c -> c == 0);
        if (!within || !plain || path.getBytes(StandardCharsets.UTF_8).length > PATH_BYTES_MAX) {
            throw MalformedException.value("path", path, "is not that of a file within its tree");
        }
    }

    private static void requireNoFileAbove(SortedMap<String, Digest> files, String path) {
        for (int slash = path.indexOf('/'); slash >= 0; slash = path.indexOf('/', slash + 1)) {
            if (files.containsKey(path.substring(0, slash))) {
                throw MalformedException.value("path", path, "lies below a file");
            }
        }
    }

    private static int compare(String one, String other) {
        return Arrays.compare(points(one), points(other));
    }

    private static int[] points(String path) {
        return path.codePoints().map(point -> point == '/' ? 0 : point).toArray();
    }

    public int size() {
        return files.size();
    }

    public void forEach(BiConsumer<String, Digest> action) {
        files.forEach(action);
    }

    /// The tree without these paths and all that lies below them; there may be nothing left.
    public Tree without(Collection<String> paths) {
        var rest = new TreeMap<String, Digest>(files);
        paths.forEach(
                ignored -> rest.keySet().removeIf(path -> path.equals(ignored) || path.startsWith(ignored + "/")));
        return new Tree(rest);
    }

    /// What is different, for a person: `file "a/b" is not the one` …; empty when the trees are equal.
    public String differenceTo(Tree there) {
        for (var file : files.entrySet()) {
            Digest digest = there.files.get(file.getKey());
            if (!file.getValue().equals(digest)) {
                return "file " + Quoted.text(file.getKey()) + (digest == null ? " is missing" : " has other content");
            }
        }
        return there.files.keySet().stream()
                .filter(path -> !files.containsKey(path))
                .findFirst()
                .map(path -> "file " + Quoted.text(path) + " is there and not in the statement")
                .orElse("");
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Tree that && files.equals(that.files);
    }

    @Override
    public int hashCode() {
        return files.hashCode();
    }
}
