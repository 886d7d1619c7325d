// SPDX-License-Identifier: Apache-2.0
package dev.chancery.sshsig;

import dev.chancery.core.Bytes;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/// A signature taken apart, so that one thing in it can be changed. Shares nothing with what is tested.
final class Parts {
    byte[] magic = new byte[6];
    int version;
    byte[] publicKey;
    String namespace;
    byte[] reserved;
    String hash;
    String algorithm;
    byte[] value;
    byte[] behindValue = {};
    byte[] behind = {};

    private Parts(Bytes file) {
        var input = ByteBuffer.wrap(blob(file));
        input.get(magic);
        version = input.getInt();
        publicKey = string(input);
        namespace = text(string(input));
        reserved = string(input);
        hash = text(string(input));
        var signature = ByteBuffer.wrap(string(input));
        algorithm = text(string(signature));
        value = string(signature);
    }

    static byte[] blob(Bytes file) {
        String base64 =
                Sample.text(file).lines().filter(line -> !line.startsWith("-")).collect(Collectors.joining());
        return Base64.getDecoder().decode(base64);
    }

    static Bytes armored(byte[] blob) {
        return Sample.bytes("-----BEGIN SSH SIGNATURE-----\n"
                + Base64.getEncoder().encodeToString(blob)
                + "\n-----END SSH SIGNATURE-----\n");
    }

    /// The signature file of this vector after a change.
    static Bytes changed(String vector, Consumer<Parts> change) {
        return changed(Sample.vector(vector), change);
    }

    static Bytes changed(Bytes file, Consumer<Parts> change) {
        var parts = new Parts(file);
        change.accept(parts);
        return armored(parts.joined());
    }

    private byte[] joined() {
        return written(out -> {
            out.write(magic);
            out.writeInt(version);
            string(out, publicKey);
            string(out, namespace.getBytes(StandardCharsets.ISO_8859_1));
            string(out, reserved);
            string(out, hash.getBytes(StandardCharsets.ISO_8859_1));
            string(out, written(inner -> {
                string(inner, algorithm.getBytes(StandardCharsets.ISO_8859_1));
                string(inner, value);
                inner.write(behindValue);
            }));
            out.write(behind);
        });
    }

    /// These byte strings with their lengths.
    static byte[] strings(byte[]... strings) {
        return written(out -> {
            for (byte[] string : strings) {
                string(out, string);
            }
        });
    }

    private interface Writing {
        void to(DataOutputStream out) throws IOException;
    }

    private static byte[] written(Writing writing) {
        try {
            var bytes = new ByteArrayOutputStream();
            writing.to(new DataOutputStream(bytes));
            return bytes.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void string(DataOutputStream out, byte[] bytes) throws IOException {
        out.writeInt(bytes.length);
        out.write(bytes);
    }

    private static byte[] string(ByteBuffer input) {
        byte[] bytes = new byte[input.getInt()];
        input.get(bytes);
        return bytes;
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }
}
