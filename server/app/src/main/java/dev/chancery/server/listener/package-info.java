// SPDX-License-Identifier: Apache-2.0
/// Ports and connections: HTTP/1.1 and HTTP/2, over TLS, or in plain text on this machine's own addresses.
///
/// Everything that Helidon is asked to do is asked here, and nowhere else is a type of it seen. What it does
/// not do is done here: a connection has a deadline at every moment of its life
/// ([dev.chancery.server.listener.Connections]), and its errors are problem documents.
///
/// HTTP/2 is chosen by ALPN over TLS, by prior knowledge in plain text. There is no `Upgrade`.
///
/// | limit | usual value | beyond it |
/// |---|---|---|
/// | connections | 2,000 | more wait in the kernel |
/// | a connection's first headers, TLS included | 10 s | closed |
/// | from an answer to the next headers' end | 60 s | closed |
/// | a request | 60 s, and 60 s more each time that 240 KiB of content moved in them | closed |
/// | request line | 8,192 bytes | 400 or 414, closed |
/// | headers | 16,384 bytes | 400, closed |
/// | streams on one HTTP/2 connection | 128 | refused |
/// | content that nobody read | 1 MiB thrown away | closed |
///
/// A closed connection is closed without an answer where a sender was too slow: who does not send cannot be
/// expected to read.
@NullMarked
package dev.chancery.server.listener;

import org.jspecify.annotations.NullMarked;
