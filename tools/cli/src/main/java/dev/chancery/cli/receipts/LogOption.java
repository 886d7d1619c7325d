// SPDX-License-Identifier: Apache-2.0
package dev.chancery.cli.receipts;

import dev.chancery.files.InputFiles;
import dev.chancery.log.LogPolicy;
import dev.chancery.note.VerifierKey;
import java.nio.file.Path;
import java.util.regex.Pattern;

/// What `--log` means: a log's verifier key (`NAME+ID+KEY`, C2SP `signed-note`), or a file with a policy
/// (`tlog-policy`).
public final class LogOption {
    private static final Pattern KEY = Pattern.compile("[^+]+\\+[0-9a-f]{8}\\+.+");

    private LogOption() {}

    /// A file whose name looks like a key is `./NAME`.
    public static LogPolicy policy(String text) {
        if (!text.startsWith(".") && !text.startsWith("/") && KEY.matcher(text).matches()) {
            return LogPolicy.ofLog(VerifierKey.parse(text));
        }
        return LogPolicy.parse(InputFiles.read("log policy", Path.of(text), LogPolicy.BYTES_MAX));
    }
}
