// SPDX-License-Identifier: Apache-2.0
package dev.chancery.house.arrow;

import java.util.List;

/// Where things lie in a tree of packages, so that the same rule judges the real tree and the guilty one.
///
/// The root is the package above all, `dev.chancery` or that of the guilty fixture; `lib` has every package of
/// `lib/*`, `formats` those of `lib/formats` that frame one format each.
record Layout(String root, List<String> lib, List<String> formats) {

    /// The ArchUnit pattern of a package below the root, with all below it.
    String in(String name) {
        return root + "." + name + "..";
    }

    String type(String name) {
        return root + "." + name;
    }

    String[] libPatterns() {
        return lib.toArray(String[]::new);
    }
}
