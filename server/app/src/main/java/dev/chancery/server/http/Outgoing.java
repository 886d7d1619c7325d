// SPDX-License-Identifier: Apache-2.0
package dev.chancery.server.http;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Map;

/// The way back to who asked. One of the two methods is called, once.
public interface Outgoing {
    /// Sends an answer that is whole.
    void send(int status, Map<String, String> headers, byte[] content) throws IOException;

    /// Sends the head of an answer; the rest is written to what this gives, and closed. `Content-Length`
    /// stands among the headers when it is known.
    OutputStream begin(int status, Map<String, String> headers) throws IOException;
}
