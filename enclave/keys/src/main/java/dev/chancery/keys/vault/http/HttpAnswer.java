// SPDX-License-Identifier: Apache-2.0
package dev.chancery.keys.vault.http;

import dev.chancery.keys.handle.SecretBytes;
import java.util.OptionalInt;

/// An answer, whole, whose body may be secret. `retryAfter` is in seconds. `keeps` says that the connection
/// takes another request.
public record HttpAnswer(int status, SecretBytes body, OptionalInt retryAfter, boolean keeps) {}
