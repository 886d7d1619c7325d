// SPDX-License-Identifier: Apache-2.0
package dev.chancery.keys.share;

import dev.chancery.core.Authority;
import dev.chancery.core.Bytes;
import dev.chancery.core.FormatName;
import dev.chancery.core.MalformedException;
import dev.chancery.core.Quoted;
import dev.chancery.key.KeyAlgorithm;
import dev.chancery.key.KeyId;
import dev.chancery.key.KeyPurpose;
import dev.chancery.keys.handle.Binding;
import dev.chancery.keys.handle.NewKey;
import dev.chancery.keys.handle.SecretBytes;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// The text of a share, read line by line and then compared with what it would be written as.
final class ShareText {
    private static final String TITLE = "Chancery key share, version 1";
    private static final String ROW_LABEL = "chancery-key-share-row-1";
    private static final String CHECKSUM = "checksum";
    private static final int ROW_BYTES = 16;
    private static final int CHECK_BYTES = 2;
    private static final int HEX_GROUP = 4;
    private static final Pattern BLANKS = Pattern.compile("[ \\t]+$");
    private static final HexFormat HEX = HexFormat.of();

    private final List<String> lines;
    private int next;

    private ShareText(List<String> lines) {
        this.lines = lines;
    }

    static Bytes write(KeyShare share) {
        var lines = header(share.set());
        lines.add("share: " + share.number());
        byte[] value = share.value().exposed();
        for (int from = 0, row = 1; from < value.length; from += ROW_BYTES, row++) {
            lines.add(row(row, Arrays.copyOfRange(value, from, Math.min(from + ROW_BYTES, value.length))));
        }
        lines.add(checksum(lines));
        return Bytes.of((String.join("\n", lines) + "\n").getBytes(StandardCharsets.US_ASCII));
    }

    private static List<String> header(ShareSet set) {
        var lines = new ArrayList<String>();
        lines.add(TITLE);
        var key = set.key().description();
        lines.add("authority: " + key.authority());
        lines.add("fingerprint: " + set.key().fingerprint());
        lines.add("key: " + set.key().id());
        lines.add("format: " + key.format());
        lines.add("purpose: " + key.purpose().label());
        lines.add("algorithm: " + key.algorithm().label());
        lines.add("created: " + key.created());
        key.expires().ifPresent(end -> lines.add("expires: " + end));
        lines.add("set: " + HEX.formatHex(set.name().toArray()));
        lines.add("made: " + set.made());
        lines.add("required: " + set.required());
        lines.add("shares: " + set.shares());
        for (int number = 1; number <= set.shares(); number++) {
            lines.add("commitment %d: %s"
                    .formatted(
                            number,
                            HEX.formatHex(set.commitments().get(number - 1).toArray())));
        }
        return lines;
    }

    private static String row(int number, byte[] bytes) {
        return "row %d: %s / %s".formatted(number, grouped(HEX.formatHex(bytes)), check(number, bytes));
    }

    private static String grouped(String digits) {
        return digits.replaceAll("(.{" + HEX_GROUP + "})(?=.)", "$1 ");
    }

    private static String check(int number, byte[] bytes) {
        byte[] digest =
                Binding.of(ROW_LABEL).with(Integer.toString(number)).with(bytes).sha256();
        return HEX.formatHex(digest, 0, CHECK_BYTES);
    }

    private static String checksum(List<String> lines) {
        var text = new StringBuilder();
        lines.forEach(line -> text.append(line).append('\n'));
        byte[] digest = Binding.of(CHECKSUM).with(text.toString()).sha256();
        return CHECKSUM + ": " + HEX.formatHex(digest);
    }

    static KeyShare parse(Bytes text) {
        if (text.length() > KeyShare.TEXT_BYTES_MAX) {
            throw new MalformedException("share has more than %d bytes".formatted(KeyShare.TEXT_BYTES_MAX));
        }
        var lines = new String(text.toArray(), StandardCharsets.ISO_8859_1)
                .lines()
                .map(line -> BLANKS.matcher(line).replaceFirst(""))
                .filter(line -> !line.isEmpty())
                .toList();
        var share = new ShareText(lines).share();
        String again = new String(share.toText().toArray(), StandardCharsets.US_ASCII);
        if (!again.lines().toList().equals(lines)) {
            throw new MalformedException("share is not written as shares are");
        }
        return share;
    }

    private KeyShare share() {
        if (lines.isEmpty() || !lines.getFirst().equals(TITLE)) {
            throw new MalformedException("file does not begin with " + Quoted.text(TITLE));
        }
        next = 1;
        var described = set();
        int number = number("share");
        var value = rows();
        String sum = checksum(lines.subList(0, next));
        if (next != lines.size() - 1 || !lines.get(next).equals(sum)) {
            throw new MalformedException("share's last line is not the checksum of those before: a line was changed");
        }
        return new KeyShare(described, number, value);
    }

    private ShareSet set() {
        var key = key();
        var name = hex("set");
        var made = time("made");
        int required = number("required");
        int shares = number("shares");
        ShareSet.requireNumbers(required, shares);
        var commitments = new ArrayList<Bytes>();
        for (int number = 1; number <= shares; number++) {
            commitments.add(hex("commitment " + number));
        }
        return new ShareSet(key, name, made, required, commitments);
    }

    private SharedKey key() {
        var authority = new Authority(fact("authority"));
        String fingerprint = fact("fingerprint");
        var id = new KeyId(fact("key"));
        var format = new FormatName(fact("format"));
        var purpose = KeyPurpose.parse(fact("purpose"));
        var algorithm = KeyAlgorithm.parse(fact("algorithm"));
        var created = time("created");
        Optional<Instant> expires = isNext("expires") ? Optional.of(time("expires")) : Optional.empty();
        var description = new NewKey(authority, format, purpose, algorithm, created, expires, Optional.empty());
        return new SharedKey(description, id, fingerprint);
    }

    private SecretBytes rows() {
        var value = new ByteArrayOutputStream();
        for (int number = 1; isNext("row " + number); number++) {
            String text = fact("row " + number);
            int slash = text.indexOf(" / ");
            byte[] bytes =
                    slash < 0 ? new byte[0] : digits(text.substring(0, slash).replace(" ", ""));
            if (bytes.length == 0 || !row(number, bytes).endsWith(": " + text)) {
                throw new MalformedException(
                        "row %d is not as it was written: a digit in it is another".formatted(number));
            }
            value.writeBytes(bytes);
        }
        return SecretBytes.owning(value.toByteArray());
    }

    private boolean isNext(String name) {
        return next < lines.size() && lines.get(next).startsWith(name + ": ");
    }

    private String fact(String name) {
        if (!isNext(name)) {
            throw new MalformedException("line %d of the share is not its %s".formatted(next + 1, name));
        }
        return lines.get(next++).substring(name.length() + 2);
    }

    private int number(String name) {
        String text = fact(name);
        if (!text.matches("[1-9][0-9]{0,2}")) {
            throw MalformedException.value(name, text, "is not a number from 1 to 999");
        }
        return Integer.parseInt(text);
    }

    private Bytes hex(String name) {
        String text = fact(name);
        byte[] bytes = digits(text);
        if (bytes.length == 0) {
            throw MalformedException.value(name, text, "is not hex");
        }
        return Bytes.of(bytes);
    }

    /// Empty when it is no hex.
    private static byte[] digits(String text) {
        return text.matches("([0-9a-f]{2})+") ? HEX.parseHex(text) : new byte[0];
    }

    private Instant time(String name) {
        String text = fact(name);
        try {
            return Instant.parse(text);
        } catch (DateTimeException e) {
            throw MalformedException.value(name, text, "is not like 2026-11-21T12:00:00Z");
        }
    }
}
