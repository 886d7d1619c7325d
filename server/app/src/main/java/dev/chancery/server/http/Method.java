// SPDX-License-Identifier: Apache-2.0
package dev.chancery.server.http;

import java.util.Optional;

/// The methods that this server knows (RFC 9110, section 9). The names are case-sensitive.
public enum Method {
    GET,
    HEAD,
    POST,
    PUT,
    DELETE,
    OPTIONS;

    /// Empty for a method that is not known here, such as `TRACE` or `CONNECT`.
    public static Optional<Method> of(String token) {
        for (Method method : values()) {
            if (method.name().equals(token)) {
                return Optional.of(method);
            }
        }
        return Optional.empty();
    }

    /// Whether an answer may come from a cache, or be a part of a file.
    boolean reads() {
        return this == GET || this == HEAD;
    }
}
