// SPDX-License-Identifier: Apache-2.0
package dev.chancery.files;

import dev.chancery.core.Bytes;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;

/// A Debian binary package with one file (deb(5)): an `ar` archive of `debian-binary`, `control.tar` and
/// `data.tar`.
///
/// The same content makes the same package: all times are one, all files are root's, and the archives are not
/// compressed, which dpkg reads since 1.17.6, for a compressor may pack otherwise tomorrow.
final class DebianPackage {
    /// @param description a line, and perhaps further ones that begin with a space
    record Description(String name, String version, String maintainer, String description) {}

    /// A file, without the slash before its path.
    record Content(String path, Bytes bytes) {}

    private static final int TAR_BLOCK = 512;
    /// Octets of a name in `ustar` without a prefix.
    private static final int TAR_NAME = 100;

    private final long seconds;

    private DebianPackage(Instant time) {
        this.seconds = time.getEpochSecond();
    }

    static Bytes of(Description description, Content content, Instant time) {
        return new DebianPackage(time).written(description, content);
    }

    private Bytes written(Description description, Content content) {
        var archive = new ByteArrayOutputStream();
        archive.writeBytes(ascii("!<arch>\n"));
        member(archive, "debian-binary", ascii("2.0\n"));
        member(archive, "control.tar", control(description, content));
        member(archive, "data.tar", data(content));
        return Bytes.of(archive.toByteArray());
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    /// ar(5): name, time, owner, group, mode, size; content at even offsets.
    private void member(ByteArrayOutputStream archive, String name, byte[] content) {
        archive.writeBytes(
                ascii("%-16s%-12d%-6d%-6d%-8s%-10d`\n".formatted(name, seconds, 0, 0, "100644", content.length)));
        archive.writeBytes(content);
        if (content.length % 2 != 0) {
            archive.write('\n');
        }
    }

    private byte[] control(Description description, Content content) {
        long kibibytes = (content.bytes().length() + 1023L) / 1024;
        String control = """
                Package: %s
                Version: %s
                Architecture: all
                Maintainer: %s
                Installed-Size: %d
                Section: misc
                Priority: optional
                Description: %s
                """.formatted(
                        description.name(),
                        description.version(),
                        description.maintainer(),
                        kibibytes,
                        description.description());
        String sums = "%s  %s\n".formatted(md5(content.bytes()), content.path());
        var tar = new ByteArrayOutputStream();
        entry(tar, "./", '5', new byte[0]);
        entry(tar, "./control", '0', control.getBytes(StandardCharsets.UTF_8));
        entry(tar, "./md5sums", '0', ascii(sums));
        return ended(tar);
    }

    /// What `dpkg --verify` compares an installed file with: it finds damage, and protects from nobody.
    private static String md5(Bytes bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("MD5").digest(bytes.toArray()));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every JDK has MD5", e);
        }
    }

    private byte[] data(Content content) {
        var tar = new ByteArrayOutputStream();
        entry(tar, "./", '5', new byte[0]);
        for (int slash = content.path().indexOf('/');
                slash >= 0;
                slash = content.path().indexOf('/', slash + 1)) {
            entry(tar, "./" + content.path().substring(0, slash + 1), '5', new byte[0]);
        }
        entry(tar, "./" + content.path(), '0', content.bytes().toArray());
        return ended(tar);
    }

    /// tar(5), `ustar`: a block of fields, whose checksum counts itself as spaces, then the content in whole
    /// blocks.
    private void entry(ByteArrayOutputStream tar, String name, char type, byte[] content) {
        if (name.length() > TAR_NAME) {
            throw new IllegalArgumentException("name " + name + " does not fit into a header of tar");
        }
        byte[] header = new byte[TAR_BLOCK];
        put(header, 0, name);
        put(header, 100, type == '5' ? "0000755" : "0000644");
        put(header, 108, "0000000");
        put(header, 116, "0000000");
        put(header, 124, "%011o".formatted(content.length));
        put(header, 136, "%011o".formatted(seconds));
        put(header, 148, "        ");
        header[156] = (byte) type;
        put(header, 257, "ustar\0" + "00");
        put(header, 265, "root");
        put(header, 297, "root");
        int sum = 0;
        for (byte octet : header) {
            sum += octet & 0xff;
        }
        put(header, 148, "%06o\0 ".formatted(sum));
        tar.writeBytes(header);
        tar.writeBytes(content);
        tar.writeBytes(new byte[(TAR_BLOCK - content.length % TAR_BLOCK) % TAR_BLOCK]);
    }

    private static void put(byte[] header, int at, String field) {
        byte[] bytes = ascii(field);
        System.arraycopy(bytes, 0, header, at, bytes.length);
    }

    /// Two empty blocks.
    private static byte[] ended(ByteArrayOutputStream tar) {
        tar.writeBytes(new byte[2 * TAR_BLOCK]);
        return tar.toByteArray();
    }
}
