// SPDX-License-Identifier: Apache-2.0
package dev.chancery.cli.tags;

import dev.chancery.core.Authority;
import dev.chancery.tag.TagName;
import java.util.Collection;
import java.util.Optional;

/// The commands with which a POSIX shell, sed, awk, base64 and openssl verify a tag: what `tag show` does, for whoever
/// does not have it or does not believe it.
///
/// The payload is cut out of the file once, and the copy is what is verified and printed.
///
/// @param file the tag's file, as the shell finds it
/// @param name the name that the payload has to say, if it says one
record Explanation(String file, Optional<TagName> name, Collection<Authority> authorities) {
    String script() {
        var script = new StringBuilder();
        String place = quoted(file);
        script.append("# The public keys: chancery keyring export --for openssl keys\n");
        script.append("# The signatures of each authority below have to be right, or nothing is printed.\n");
        script.append("work=$(mktemp -d) &&\n");
        script.append("sed '/^=== SIGNATURE/,$d' %s >\"$work/payload\" &&\n".formatted(place));
        name.ifPresent(tag -> script.append("sed -n 1p \"$work/payload\" | grep -qxF 'tag: %s' &&\n".formatted(tag)));
        for (Authority authority : authorities) {
            script.append("awk '/^=== SIGNATURE/ {mine = ($0 == \"=== SIGNATURE %s\"); next} mine' %s |\n"
                    .formatted(authority, place));
            script.append("    base64 -d >\"$work/signature\" &&\n");
            script.append(
                    "openssl dgst -sha256 -verify keys/%s.tag.pem -signature \"$work/signature\"".formatted(authority));
            script.append(" \"$work/payload\" >&2 &&\n");
        }
        return script.append("sed %s \"$work/payload\"\n".formatted(name.isPresent() ? "1d" : "''"))
                .toString();
    }

    private static String quoted(String word) {
        return "'" + word.replace("'", "'\\''") + "'";
    }
}
