// SPDX-License-Identifier: Apache-2.0
/// The client's side of HTTP/1.1 (RFC 9112), as much of it as requests for JSON to one server need, over a Unix
/// socket, TLS, or plain TCP on this machine. No proxy, no redirect, no cookie, no compression, no trailer.
///
/// It is our own for one reason: in the sealed enclave a process can open a socket and nothing else. Host name
/// and trust anchors are therefore read once, with the first connection, and no thread is started.
///
/// A request has a `Content-Length`; an answer has one, or is `chunked`, or has none of both and status 204.
/// Everything else is refused, among it what two readers could understand in two ways: both lengths, a second
/// `Content-Length`, a folded line, a lone line feed, an answer before the request.
///
/// | limit | value | why |
/// |---|---|---|
/// | status line and fields | 16 KiB, 100 fields | Vault sends 1 KiB |
/// | body of an answer | 1 MiB | a key with a thousand versions has that |
/// | connections at once | 32 | what waits longer than its time for one is told so |
/// | kept connections | 16, unused for at most 30 s | Vault and its agents keep them for minutes |
///
/// A kept connection that its other side has closed fails with its next request. That request is sent once more
/// over a new connection, if it is one that may run twice; any other goes over a new connection at once.
///
/// Each request has a time within which the answer has to be there whole, connecting included. Time over,
/// connection lost and nonsense are `IOException`s; the caller makes sentences of them.
@NullMarked
package dev.chancery.keys.vault.http;

import org.jspecify.annotations.NullMarked;
