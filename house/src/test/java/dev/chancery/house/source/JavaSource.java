// SPDX-License-Identifier: Apache-2.0
package dev.chancery.house.source;

import java.util.List;

/// What the budgets need to know about one Java file; the compiler's own parser found it.
///
/// @param types how many top-level types it declares
record JavaSource(String path, List<String> lines, int types, List<Method> methods, Header header) {

    /// A method or constructor, with a body or without.
    ///
    /// @param lines from its first annotation or modifier to its closing brace, without its documentation comment
    /// @param parameters 0 where the signature is not the author's choice (overriding, canonical)
    record Method(String name, int lines, int parameters) {}

    /// What stands at the top of `package-info.java` and `module-info.java`.
    ///
    /// @param commentLines lines of the file's documentation comment that hold text
    record Header(int commentLines, boolean nullMarked) {}

    /// The folder: one package of one source root.
    String folder() {
        return path.substring(0, Math.max(0, path.lastIndexOf('/')));
    }
}
