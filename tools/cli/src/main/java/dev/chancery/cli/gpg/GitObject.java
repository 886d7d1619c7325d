// SPDX-License-Identifier: Apache-2.0
package dev.chancery.cli.gpg;

import dev.chancery.core.UnavailableException;
import dev.chancery.files.FileCause;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/// What git has signed, told by its beginning (gitformat-signature(5)), so that rules and records can name it:
/// `git-commit`, `git-tag-v1.0`, or `stdin`.
///
/// It is the caller's word, as every artifact's name is.
final class GitObject {
    /// Bytes: three lines of a tag, whose name has at most 200 characters here.
    private static final int PREVIEW_BYTES = 512;

    private static final Pattern COMMIT = Pattern.compile("tree [0-9a-f]{40,64}\n(parent|author) [\\s\\S]*");
    private static final Pattern TAG =
            Pattern.compile("object [0-9a-f]{40,64}\ntype [a-z]+\ntag ([!-~]{1,200})\n[\\s\\S]*");

    private GitObject() {}

    /// Looks at the beginning and leaves it there. The stream has to support marks.
    static String name(InputStream input) {
        try {
            input.mark(PREVIEW_BYTES);
            var beginning = new String(input.readNBytes(PREVIEW_BYTES), StandardCharsets.ISO_8859_1);
            input.reset();
            var tag = TAG.matcher(beginning);
            if (tag.matches()) {
                return "git-tag-" + tag.group(1).replace('/', '-');
            }
            return COMMIT.matcher(beginning).matches() ? "git-commit" : "stdin";
        } catch (IOException e) {
            throw new UnavailableException("standard input cannot be read: " + FileCause.of(e), e);
        }
    }
}
