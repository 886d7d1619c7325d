// SPDX-License-Identifier: Apache-2.0
package dev.chancery.cli.signing;

import dev.chancery.cli.files.Content;
import dev.chancery.cli.files.OutputFiles;
import dev.chancery.protocol.SigningRequest;
import java.util.List;

/// A content that was measured, and all that is asked about it.
///
/// @param input where its bytes are read again: itself, or a copy in memory
/// @param held bytes of it that are in memory
/// @param output where nothing is yet
record Prepared(Content content, Content input, long held, List<SigningRequest> requests, OutputFiles output) {
    /// Bytes that waiting for the answer keeps in memory, or so.
    long weight() {
        return held + requests.stream().mapToLong(Portions::bytes).sum();
    }
}
