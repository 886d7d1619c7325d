// SPDX-License-Identifier: Apache-2.0
package dev.chancery.cli.tags;

import dev.chancery.core.Authority;
import dev.chancery.tag.TagName;
import java.util.Collection;
import java.util.Optional;
import java.util.stream.Collectors;

/// The commands with which a POSIX shell, sed, awk, base64 and openssl verify a tag: what `tag show` does, for whoever
/// does not have it or does not believe it.
///
/// The payload is cut out of the file once, and the copy is what is verified and printed. The file is redirected: as an
/// argument, `-x.tag` would be an option, and `a=b.tag` an assignment to awk.
///
/// @param enough whether it was said who must have signed; else the authorities are those that the file itself names
/// @param file the tag's file, as the shell finds it
/// @param name the name that the payload has to say, if it says one
record Explanation(boolean enough, String file, Optional<TagName> name, Collection<Authority> authorities) {
    String script() {
        var script = new StringBuilder();
        String place = quoted(file);
        script.append("# The public keys: chancery keyring export --for openssl keys\n");
        script.append("# Nothing is printed unless all these have signed: %s.\n".formatted(names()));
        if (!enough) {
            script.append("# Whether they are enough is for you to say: --require and --policy take your answer.\n");
        }
        script.append("work=$(mktemp -d) &&\n");
        script.append("sed '/^=== SIGNATURE/,$d' <%s >\"$work/payload\" &&\n".formatted(place));
        name.ifPresent(tag -> script.append("sed -n 1p \"$work/payload\" | grep -qxF 'tag: %s' &&\n".formatted(tag)));
        for (Authority authority : authorities) {
            script.append("awk '/^=== SIGNATURE/ {mine = ($0 == \"=== SIGNATURE %s\"); next} mine' <%s |\n"
                    .formatted(authority, place));
            script.append("    base64 -d >\"$work/signature\" &&\n");
            script.append(
                    "openssl dgst -sha256 -verify keys/%s.tag.pem -signature \"$work/signature\"".formatted(authority));
            script.append(" \"$work/payload\" >&2 &&\n");
        }
        return script.append("sed %s \"$work/payload\" && rm -r \"$work\"\n".formatted(name.isPresent() ? "1d" : "''"))
                .toString();
    }

    private String names() {
        return authorities.stream().map(Authority::name).collect(Collectors.joining(", "));
    }

    private static String quoted(String word) {
        return "'" + word.replace("'", "'\\''") + "'";
    }
}
