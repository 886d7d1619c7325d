// SPDX-License-Identifier: Apache-2.0
package dev.chancery.algorithms;

import dev.chancery.core.Authority;
import dev.chancery.core.Bytes;
import dev.chancery.core.FormatName;
import dev.chancery.core.MalformedException;
import dev.chancery.key.PublicKey;
import dev.chancery.key.Scheme;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

/// An Ed25519 key with the number by which minisign's and signify's signatures name it, and the file of such keys.
///
/// | bytes | of a public key file's second line, in base64 |
/// |---|---|
/// | 2 | `Ed` |
/// | 8 | key number |
/// | 32 | the point (RFC 8032, section 5.1.2) |
///
/// A number is whatever the key's maker chose, and two keys may bear the same: it finds keys and proves nothing.
public record NumberedKey(Bytes number, PublicKey key) {
    /// Bytes of a key number.
    public static final int NUMBER_BYTES = 8;
    /// Keys in one file: a key each month for eight years.
    public static final int KEYS_MAX = 100;

    /// The words before a comment that no key vouches for.
    public static final String UNTRUSTED = "untrusted comment: ";
    /// Bytes behind them: what the stock tools have room for.
    public static final int UNTRUSTED_BYTES_MAX = 1 << 10;

    private static final byte[] ALGORITHM = {'E', 'd'};
    private static final int POINT_BYTES = 32;

    /// A key of ours under its number: the first 8 bytes of its [dev.chancery.key.KeyId], which is the SHA-256 of its
    /// `SubjectPublicKeyInfo`.
    public static NumberedKey of(PublicKey key) {
        if (key.scheme() != Scheme.ED25519) {
            throw new MalformedException("key %s is not an Ed25519 key".formatted(key.id()));
        }
        byte[] id = HexFormat.of().parseHex(key.id().hex());
        return new NumberedKey(Bytes.of(Arrays.copyOf(id, NUMBER_BYTES)), key);
    }

    /// The two lines of the key's file.
    public Bytes write(String comment) {
        byte[] value = joined(ALGORITHM, joined(number.toArray(), key.point()));
        String lines = CommentedLines.comment(UNTRUSTED, comment) + CommentedLines.base64(value);
        return Bytes.of(lines.getBytes(StandardCharsets.UTF_8));
    }

    /// Reads all keys of an authority's file: pairs of lines, one pair after the other.
    public static List<NumberedKey> read(FormatName format, Authority authority, Bytes file) {
        String subject = "%s public key file of %s".formatted(format, authority);
        var lines = new CommentedLines(subject, file);
        var keys = new ArrayList<NumberedKey>();
        do {
            lines.comment(UNTRUSTED, UNTRUSTED_BYTES_MAX);
            keys.add(parse(subject, lines.base64(ALGORITHM.length + NUMBER_BYTES + POINT_BYTES)));
            if (keys.size() > KEYS_MAX) {
                throw new MalformedException("%s has more than %d keys".formatted(subject, KEYS_MAX));
            }
        } while (lines.hasMore());
        return keys;
    }

    private static NumberedKey parse(String subject, byte[] value) {
        if (value[0] != ALGORITHM[0] || value[1] != ALGORITHM[1]) {
            throw new MalformedException(subject + " has a key that is not Ed25519");
        }
        int point = ALGORITHM.length + NUMBER_BYTES;
        byte[] number = Arrays.copyOfRange(value, ALGORITHM.length, point);
        byte[] encoded = Arrays.copyOfRange(value, point, value.length);
        return new NumberedKey(Bytes.of(number), PublicKey.ed25519(encoded));
    }

    /// Whether it is the same key under the same number.
    public boolean is(NumberedKey other) {
        return number.equals(other.number) && key.equals(other.key);
    }

    /// Some bytes and then some more.
    public static byte[] joined(byte[] first, byte[] second) {
        byte[] all = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, all, first.length, second.length);
        return all;
    }
}
