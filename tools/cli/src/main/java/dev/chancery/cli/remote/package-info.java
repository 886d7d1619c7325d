// SPDX-License-Identifier: Apache-2.0
/// Signing by a server over HTTPS. Classes of this package are met only when a server is asked.
///
/// | call | for |
/// |---|---|
/// | `GET /v1/authorities/{authority}` | the keys that the server signs with, and the names of their public key files |
/// | `GET /v1/keyring/{file}` | a public key file, where no keyring here is to be believed |
/// | `POST /v1/signatures` | one request, `SigningRequest.toJson()`; 201 with the signature and its receipt |
/// | `POST /v1/signatures/batch` | `{"requests":[...]}`, up to 1,000; 200 with a result for each |
///
/// HTTP/2 where the server speaks it, over TLS; plain HTTP to this machine only ([ServerAddress]). Redirects
/// are not followed: the server that was named is the one that is asked.
///
/// **Retries.** Each request or batch bears an `Idempotency-Key`, a random UUID, so that it can be made again
/// without a second signature. It is made again when the connection is lost, when the answer is 429, 502, 503
/// or 504, and when it is 409 with `Retry-After` (the same request is still at work). How often and how long:
/// [Patience]. A server that never answered this process is not waited for: then its address is wrong more
/// often than not.
///
/// **Errors.** A problem document (RFC 9457) becomes one of the three errors: 401 and 403 *refused*, with the
/// rule; 429 and from 500 *unavailable*; other statuses from 400 *malformed*. Members of it that are not
/// known are ignored (section 3.2); anything else that is not as it has to be makes the answer *unavailable*,
/// and nothing is written.
///
/// **What comes back** is believed only so far as it can be checked: the signature against the file by the
/// public key ([dev.chancery.cli.signing.Arrival]), the receipt against the signature; whether the log really
/// has it, `chancery verify --log` tells.
///
/// | limit | value | why |
/// |---|---|---|
/// | requests of a batch | 1,000 | the server's |
/// | bytes of a batch | 1,990,000 | the server takes 2,000,000 |
/// | bytes of an answer | 64 MiB ([ServerClient#ANSWER_BYTES_MAX]) | 1,000 CMS signatures with certificates and
/// receipts |
/// | time of an exchange | 2 minutes ([Patience]) | a batch by a slow token |
/// | attempts, and their time | 10, 5 minutes ([Patience]) | a server that restarts is back by then |
@NullMarked
package dev.chancery.cli.remote;

import org.jspecify.annotations.NullMarked;
