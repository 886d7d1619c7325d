// SPDX-License-Identifier: Apache-2.0
package dev.chancery.cli.demo;

import dev.chancery.core.Digest;
import dev.chancery.format.FormatDescription;
import java.nio.file.Path;
import java.util.List;

/// The command itself, as the demonstration uses it: like a person who types.
public interface Chancery {
    /// What a command printed on standard output, and its exit status. Messages and progress went where the
    /// user sees them.
    record Answer(int status, String output) {}

    /// Runs `chancery WORDS` on the office in `home`.
    Answer run(Path home, List<String> words);

    /// Every format whose signatures are about a file: not tags.
    List<FormatDescription> formats();

    /// The SHA-256 of a file of any size; throws one of the three errors when it cannot be read.
    Digest sha256(Path file);
}
