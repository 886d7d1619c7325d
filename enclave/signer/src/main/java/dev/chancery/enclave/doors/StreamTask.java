// SPDX-License-Identifier: Apache-2.0
package dev.chancery.enclave.doors;

import dev.chancery.core.ArtifactName;
import dev.chancery.core.Requester;
import java.io.IOException;

/// What one kind of stream door does with a stream: reads it to its end and has something signed.
interface StreamTask {
    /// What goes back. `name` is what the artifact is called if the stream itself does not say.
    ///
    /// Throws one of the three errors, or `IOException` when the other side has gone.
    byte[] answer(Connection connection, Requester peer, ArtifactName name) throws IOException;
}
