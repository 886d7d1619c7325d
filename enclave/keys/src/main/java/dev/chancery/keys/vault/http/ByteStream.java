// SPDX-License-Identifier: Apache-2.0
package dev.chancery.keys.vault.http;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;

/// The bytes of one connection, both ways. For one thread at a time.
///
/// Throws `SocketTimeoutException` at the deadline and other `IOException`s when the connection breaks.
interface ByteStream extends Closeable {
    /// Waits for at least one byte; -1 at the end.
    int read(ByteBuffer into, Deadline deadline) throws IOException;

    /// All of it.
    void write(ByteBuffer from, Deadline deadline) throws IOException;

    /// Whether the other side has closed, or has said something unasked. Does not wait.
    boolean isStale();
}
