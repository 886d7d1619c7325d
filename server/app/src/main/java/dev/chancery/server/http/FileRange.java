// SPDX-License-Identifier: Apache-2.0
package dev.chancery.server.http;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The part of a file that is sent (RFC 9110, section 14.2): the whole, or one range. A request for several
/// ranges, in other units or on a condition (`If-Range`) gets the whole, as the standard permits.
///
/// @param first offset of the first byte
/// @param whole bytes of the file
record FileRange(long first, long length, long whole, int status) {
    static final int UNSATISFIABLE = 416;

    /// Digits of an offset: all that fit a `long`.
    private static final Pattern ONE_RANGE = Pattern.compile("bytes=([0-9]{0,18})-([0-9]{0,18})");

    static FileRange asked(Headers headers, long whole, boolean mayBePart) {
        List<String> ranges = headers.all("range");
        if (!mayBePart || ranges.size() != 1 || !headers.all("if-range").isEmpty()) {
            return all(whole);
        }
        Matcher range = ONE_RANGE.matcher(ranges.getFirst());
        if (!range.matches() || (range.group(1).isEmpty() && range.group(2).isEmpty())) {
            return all(whole);
        }
        return range.group(1).isEmpty()
                ? suffix(Long.parseLong(range.group(2)), whole)
                : from(Long.parseLong(range.group(1)), range.group(2), whole);
    }

    private static FileRange all(long whole) {
        return new FileRange(0, whole, whole, 200);
    }

    private static FileRange suffix(long length, long whole) {
        long taken = Math.min(length, whole);
        return taken == 0 ? none(whole) : new FileRange(whole - taken, taken, whole, 206);
    }

    private static FileRange from(long first, String end, long whole) {
        long last = end.isEmpty() ? whole - 1 : Math.min(Long.parseLong(end), whole - 1);
        if (!end.isEmpty() && Long.parseLong(end) < first) {
            return all(whole);
        }
        return first >= whole ? none(whole) : new FileRange(first, last - first + 1, whole, 206);
    }

    private static FileRange none(long whole) {
        return new FileRange(0, 0, whole, UNSATISFIABLE);
    }

    /// The answer with status and headers of this part.
    Answer describe(Answer answer) {
        Answer part = new Answer(status == 200 ? answer.status() : status, answer.headers(), answer.content())
                .with("Accept-Ranges", "bytes")
                .with("Content-Length", Long.toString(length));
        return switch (status) {
            case 206 -> part.with("Content-Range", "bytes %d-%d/%d".formatted(first, first + length - 1, whole));
            case UNSATISFIABLE -> part.with("Content-Range", "bytes */%d".formatted(whole));
            default -> part;
        };
    }
}
