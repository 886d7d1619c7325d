// SPDX-License-Identifier: Apache-2.0
package dev.chancery.server.http;

import java.io.InputStream;
import java.util.OptionalLong;

/// A request as a listener read it from a connection: its line, its headers, who sent it, and its body to be
/// read.
public record Incoming(Line line, Headers headers, Peer peer, Body body) {
    /// The request line, taken apart at its spaces and its first `?`, not decoded.
    public record Line(String method, String path, String query) {}

    /// What follows the headers.
    public interface Body {
        /// As the sender announced it; empty when it comes in chunks.
        OptionalLong length();

        /// The content from its beginning; asks a sender who waits for it (`Expect: 100-continue`) to go on.
        /// Called at most once. Throws `IOException` (wrapped or not) when the sender goes away or is too
        /// slow.
        InputStream open();
    }
}
