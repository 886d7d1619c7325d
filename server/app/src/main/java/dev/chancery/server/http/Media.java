// SPDX-License-Identifier: Apache-2.0
package dev.chancery.server.http;

import java.util.Locale;

/// Media types (RFC 9110, section 8.3.1).
public final class Media {
    public static final String JSON = "application/json";
    public static final String PROBLEM = "application/problem+json";
    public static final String TEXT = "text/plain; charset=utf-8";
    public static final String BYTES = "application/octet-stream";

    private Media() {}

    /// Type and subtype without parameters, in lower case.
    static String essence(String type) {
        int semicolon = type.indexOf(';');
        return (semicolon < 0 ? type : type.substring(0, semicolon)).strip().toLowerCase(Locale.ROOT);
    }
}
