// SPDX-License-Identifier: Apache-2.0
/// The ways into an enclave: Unix sockets, and who stands at the other end of each connection.
///
/// The peer's user, as the kernel knows it (`SO_PEERCRED`), is the requester `unix:NAME`. A user whom neither
/// a signing rule nor the list of vouchers names is told so and sent away; nothing that he says is read.
///
/// - **Request door**: questions and answers of `dev.chancery.protocol`, any number on one connection. A voucher, which
///   is a server that knows its callers, may ask for requesters of other kinds than `unix`; the audit chain
///   names both.
/// - **Stream door**, plain: content until the peer shuts down its half (`shutdown(2)`), then the signature file's
///   bytes. Whose, in which format and encoding, and under which name, the configuration says. Where there is no
///   signature, there are no bytes: `nc -NU` and `socat` work, and say nothing of the reason.
/// - **Stream door**, relayed: before the content one line, `chancery-relay 1` or `chancery-relay 1 NAME`; before the
///   signature one, `signed` and its length in octets, or instead of it `malformed`, `refused` or `unavailable` and the
///   reason. Lines are UTF-8, a space after the first word, and end with a line feed.
///
/// - **Signstar door**, plain or relayed: the stream is a request of Signstar's version 1, the answer its response, so
/// that
///   a client of Signstar works unchanged ([SignstarTask] has the form).
///
/// | limit | value | why |
/// |---|---|---|
/// | connections to a door | 1,024, three quarters of them for one peer | one peer cannot take all |
/// | streams of a door being read | 32, 24 of them one peer's; others wait | each has a thread and memory |
/// | silence | 30 s, or as configured, where an octet is due; none between two questions | half-open ones end |
/// | on the way, of a connection | 2,000 requests, 4 MiB of large questions | else the enclave stops reading it |
/// | on the way, of a peer | 4,000 requests, 8 MiB of large questions | one peer cannot fill the memory |
/// | at work on a key | as many as there are cores; requesters take turns | one requester cannot keep others waiting |
@NullMarked
package dev.chancery.enclave.doors;

import org.jspecify.annotations.NullMarked;
