// SPDX-License-Identifier: Apache-2.0
/// What handlers see of HTTP, and what happens to every request, whoever listens.
///
/// A [dev.chancery.server.http.Routes] lists [dev.chancery.server.http.Route]s; a
/// [dev.chancery.server.http.Front] finds the one of a request and sends its handler's
/// [dev.chancery.server.http.Answer]. A listener (`dev.chancery.server.listener`) turns connections into
/// [dev.chancery.server.http.Incoming] and [dev.chancery.server.http.Outgoing]; no type of its library comes
/// here.
///
/// **Paths** are compared segment by segment after each was percent-decoded once. `/v1/keys/` is not
/// `/v1/keys`: there is nothing under it (404). Malformed (400), whatever is under it: an encoded slash or
/// backslash, a dot segment, a control character, an escape that is not UTF-8. A word goes before a variable,
/// a variable before a rest. `HEAD` is answered where `GET` is, without a body; `OPTIONS` with 204 and
/// `Allow`; other methods with 405 and `Allow`.
///
/// **Queries** are `name=value` joined by `&`. A parameter that the route does not declare, one that stands
/// there twice without being declared repeatable, and an unescaped `+` are malformed.
///
/// **Errors** are problem documents (RFC 9457): `type` (a URI that never changes), `title`, `status`,
/// `detail`, `instance` (`urn:chancery:request:` and the request's id), and members of the kind: see
/// [dev.chancery.server.http.ProblemType]. A `MalformedException` is 400 until a request's JSON was read, and
/// 422 from then on: the message was right, and what it says is not. A `RefusedException` is 403 with the
/// member `rule`, an `UnavailableException` 503 with `retry_after` and the header `Retry-After`. Anything
/// else is 500 and says nothing.
///
/// **The request's id** is 32 hexadecimal digits, or what came in `X-Request-Id` if that is 8 to 64 letters,
/// digits, `_`, `.` and `-`, a letter or digit first. It goes back in the same header.
///
/// | limit | value | answer |
/// |---|---|---|
/// | path, as sent | 2,048 characters | 414 |
/// | query, as sent | 4,096 characters | 414 |
/// | parameters | 64 | 400 |
/// | requests at once | 1,000, or as configured | 503, `Retry-After: 1` |
/// | body | each handler's own | 413, member `limit_bytes` |
@NullMarked
package dev.chancery.server.http;

import org.jspecify.annotations.NullMarked;
