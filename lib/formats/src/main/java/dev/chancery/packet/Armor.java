// SPDX-License-Identifier: Apache-2.0
package dev.chancery.packet;

import dev.chancery.core.Bytes;
import dev.chancery.core.MalformedException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/// ASCII armor (RFC 9580, section 6): written without headers, read strictly.
public final class Armor {
    /// Section 6.2: what stands behind `BEGIN PGP`.
    public enum Kind {
        PUBLIC_KEY("PUBLIC KEY BLOCK"),
        SIGNATURE("SIGNATURE");

        private final String title;

        Kind(String title) {
            this.title = title;
        }

        private String begin() {
            return "-----BEGIN PGP " + title + "-----";
        }

        private String end() {
            return "-----END PGP " + title + "-----";
        }
    }

    /// Blocks in one file: keyrings of some years, signatures of every authority there may be.
    public static final int BLOCKS_MAX = 100;

    private static final Base64.Encoder LINES = Base64.getMimeEncoder(64, new byte[] {'\n'});

    private Armor() {}

    public static String write(Kind kind, Bytes packets) {
        return write(kind, packets, "=" + Base64.getEncoder().encodeToString(crc24(packets.toArray())) + "\n");
    }

    /// Section 6.1: version 6 has no CRC-24.
    public static String writeWithoutChecksum(Kind kind, Bytes packets) {
        return write(kind, packets, "");
    }

    private static String write(Kind kind, Bytes packets, String checksum) {
        return kind.begin() + "\n\n" + LINES.encodeToString(packets.toArray()) + "\n" + checksum + kind.end() + "\n";
    }

    /// Whether the file is printable text rather than packets, whose first octet has its top bit set.
    public static boolean isArmored(Bytes file) {
        return file.length() > 0 && file.toArray()[0] >= 0;
    }

    /// Reads a file that holds blocks of this kind and, besides white space, nothing else.
    public static List<Bytes> read(Kind kind, Bytes file) {
        var blocks = new ArrayList<Bytes>();
        var lines =
                new String(file.toArray(), StandardCharsets.ISO_8859_1).lines().iterator();
        while (lines.hasNext()) {
            String line = lines.next().stripTrailing();
            if (line.equals(kind.begin())) {
                blocks.add(new Block(kind).read(lines));
            } else if (!line.isEmpty()) {
                throw MalformedException.value(
                        "armored file", line, "is not where \"%s\" begins".formatted(kind.begin()));
            }
        }
        if (blocks.isEmpty() || blocks.size() > BLOCKS_MAX) {
            throw new MalformedException(
                    "armored file has %d blocks, not 1 to %d".formatted(blocks.size(), BLOCKS_MAX));
        }
        return blocks;
    }

    /// One block, line by line: headers up to an empty line, base64, perhaps a CRC, the end line.
    private static final class Block {
        private final Kind kind;
        private final StringBuilder base64 = new StringBuilder();
        private Optional<String> crc = Optional.empty();
        private boolean inHeaders = true;

        Block(Kind kind) {
            this.kind = kind;
        }

        Bytes read(Iterator<String> lines) {
            while (lines.hasNext()) {
                String line = lines.next().stripTrailing();
                if (line.equals(kind.end())) {
                    return decoded();
                }
                take(line);
            }
            throw new MalformedException("armor ends without \"%s\"".formatted(kind.end()));
        }

        private void take(String line) {
            if (inHeaders) {
                inHeaders = !line.isEmpty();
                boolean header = line.indexOf(": ") > 0 || (line.length() > 1 && line.endsWith(":"));
                if (inHeaders && !header) {
                    throw MalformedException.value("armor header", line, "is not \"Key: value\" or an empty line");
                }
            } else if (crc.isPresent()) {
                throw MalformedException.value("armor line", line, "stands behind the CRC");
            } else if (line.startsWith("=")) {
                crc = Optional.of(line.substring(1));
            } else {
                base64.append(line);
            }
        }

        private Bytes decoded() {
            try {
                byte[] bytes = Base64.getDecoder().decode(base64.toString());
                if (crc.isPresent() && !Arrays.equals(Base64.getDecoder().decode(crc.get()), crc24(bytes))) {
                    throw new MalformedException("armor's CRC does not fit its content: it was damaged on its way");
                }
                return Bytes.of(bytes);
            } catch (IllegalArgumentException e) {
                throw new MalformedException("armor is not base64: " + e.getMessage(), e);
            }
        }
    }

    /// Section 6.1.1.
    private static byte[] crc24(byte[] bytes) {
        int crc = 0xb704ce;
        for (byte octet : bytes) {
            crc ^= (octet & 0xff) << 16;
            for (int i = 0; i < 8; i++) {
                crc <<= 1;
                if ((crc & 0x1000000) != 0) {
                    crc ^= 0x1864cfb;
                }
            }
        }
        return new byte[] {(byte) (crc >>> 16), (byte) (crc >>> 8), (byte) crc};
    }
}
