// SPDX-License-Identifier: Apache-2.0
package dev.chancery.keys.vault.http;

import dev.chancery.keys.handle.SecretBytes;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;

/// A request. Target, names and values are printable ASCII, for which the caller answers, who closes the body
/// as well. `repeatable` says that it does no harm twice.
public record HttpRequest(
        String method, String target, Map<String, byte[]> fields, SecretBytes body, boolean repeatable) {

    /// Overwrites what it wrote when it is closed, because fields and body may be secret.
    private static final class Erasable extends ByteArrayOutputStream {
        Erasable(int size) {
            super(size);
        }

        void ascii(String text) {
            writeBytes(text.getBytes(StandardCharsets.US_ASCII));
        }

        byte[] taken() {
            byte[] copy = toByteArray();
            Arrays.fill(buf, (byte) 0);
            return copy;
        }
    }

    /// As it travels (RFC 9112, section 2.1). The caller overwrites it after use.
    byte[] toBytes(String authority) {
        byte[] content = body.exposed();
        int size = 512 + content.length;
        for (byte[] value : fields.values()) {
            size += 128 + value.length;
        }
        var bytes = new Erasable(size);
        bytes.ascii("%s %s HTTP/1.1\r\nHost: %s\r\nAccept: application/json\r\n".formatted(method, target, authority));
        fields.forEach((name, value) -> {
            bytes.ascii(name + ": ");
            bytes.writeBytes(value);
            bytes.ascii("\r\n");
        });
        if (!method.equals("GET")) {
            bytes.ascii("Content-Type: application/json\r\nContent-Length: %d\r\n".formatted(content.length));
        }
        bytes.ascii("\r\n");
        bytes.writeBytes(content);
        return bytes.taken();
    }
}
