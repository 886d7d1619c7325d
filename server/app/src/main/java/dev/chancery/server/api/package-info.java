// SPDX-License-Identifier: Apache-2.0
/// The calls of the API, as routes over HTTP. `docs/server.md` and `openapi.json` describe them for users.
///
/// Handlers read a request into values that cannot be wrong, ask the parts of the server that do the work,
/// and write the answer. They know neither a listener nor how a caller proves who he is: that is behind
/// [dev.chancery.server.api.Guard].
///
/// | limit | value | why |
/// |---|---|---|
/// | body of one request | 1,500,000 bytes ([dev.chancery.server.api.SigningApi#REQUEST_BYTES_MAX]) | content of 1 MiB
/// in base64 |
/// | body of a batch | 2,000,000 bytes ([dev.chancery.server.api.SigningApi#BATCH_BYTES_MAX]) | it goes to an enclave
/// as one question of at most 2 MiB |
/// | body of a question about an artifact | 65,536 bytes ([dev.chancery.server.api.VerificationApi#BODY_BYTES_MAX]) |
/// 64 requirements |
/// | requests of a batch | 1,000 | a question to an enclave |
/// | content that is streamed | 2^53 bytes | `Artifact.SIZE_BYTES_MAX` |
/// | entries of a page | 100, up to 1,000 ([dev.chancery.server.api.Paging]) | bounds memory |
@NullMarked
package dev.chancery.server.api;

import org.jspecify.annotations.NullMarked;
