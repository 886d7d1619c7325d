// SPDX-License-Identifier: Apache-2.0
package dev.chancery.tree;

import dev.chancery.core.MalformedException;
import java.util.ArrayList;
import java.util.regex.Pattern;

/// Where a file of the tree lies: `tile/0/x001/x234/067.p/8`.
public sealed interface TilePath {
    /// Hashes or entries of a full tile.
    int WIDTH = 256;
    /// The highest level that is written: 256^8 is beyond every size.
    int LEVEL_MAX = 63;

    /// Hashes.
    record Hashes(int level, long index, int width) implements TilePath {
        public Hashes {
            if (level < 0 || level > LEVEL_MAX) {
                throw new MalformedException("tile level %d is not 0 to %d".formatted(level, LEVEL_MAX));
            }
            check(index, width);
        }

        @Override
        public TilePath ofWidth(int other) {
            return new Hashes(level, index, other);
        }

        @Override
        public String toString() {
            return "tile/" + level + "/" + written(index, width);
        }
    }

    /// Entries.
    record Entries(long index, int width) implements TilePath {
        public Entries {
            check(index, width);
        }

        @Override
        public TilePath ofWidth(int other) {
            return new Entries(index, other);
        }

        @Override
        public String toString() {
            return "tile/entries/" + written(index, width);
        }
    }

    long index();

    /// 1 to 256; less than 256 at the right edge.
    int width();

    /// The same place with another width.
    TilePath ofWidth(int other);

    default boolean isFull() {
        return width() == WIDTH;
    }

    /// Reads a path as `toString` writes it, and in no other spelling.
    static TilePath parse(String path) {
        var parts = Spelling.PATH.matcher(path);
        if (parts.matches()) {
            long index = Long.parseLong(parts.group(2).replaceAll("[x/]", ""));
            int width = parts.group(3) == null ? WIDTH : Integer.parseInt(parts.group(3));
            var tile = parts.group(1).equals("entries")
                    ? new Entries(index, width)
                    : new Hashes(Integer.parseInt(parts.group(1)), index, width);
            if (tile.toString().equals(path)) {
                return tile;
            }
        }
        throw MalformedException.value("tile path", path, "is not like tile/0/x001/x234/067.p/8");
    }

    private static void check(long index, int width) {
        if (index < 0 || index > TreeHash.SIZE_MAX) {
            throw new MalformedException("tile index %d is not 0 to 2^40".formatted(index));
        }
        if (width < 1 || width > WIDTH) {
            throw new MalformedException("tile width %d is not 1 to %d".formatted(width, WIDTH));
        }
    }

    private static String written(long index, int width) {
        var groups = new ArrayList<String>();
        groups.add("%03d".formatted(index % Spelling.GROUP));
        for (long rest = index / Spelling.GROUP; rest > 0; rest /= Spelling.GROUP) {
            groups.addFirst("x%03d".formatted(rest % Spelling.GROUP));
        }
        return String.join("/", groups) + (width == WIDTH ? "" : ".p/" + width);
    }

    /// How paths are spelled.
    final class Spelling {
        private static final int GROUP = 1_000;
        private static final Pattern PATH =
                Pattern.compile("tile/(entries|[0-9]{1,2})/((?:x[0-9]{3}/){0,5}[0-9]{3})(?:\\.p/([0-9]{1,3}))?");

        private Spelling() {}
    }
}
