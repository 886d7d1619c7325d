// SPDX-License-Identifier: Apache-2.0
package dev.chancery.server.http;

import dev.chancery.core.MalformedException;
import dev.chancery.core.Quoted;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What stands between method and version in a request (RFC 9112, section 3.2.1), taken apart: segments and
/// parameters, each decoded once.
///
/// What two readers could read in two ways is malformed: an encoded slash or backslash, a dot segment
/// (encoded or not), a control character, an escape that is not UTF-8, a character that RFC 3986 does not
/// have, a `+` in the query (a space to some, itself to others), a parameter without a name or without `=`.
record RequestTarget(List<String> path, Map<String, List<String>> query) {
    /// Characters of a path, as sent: a file name of 255 bytes, every one escaped, and room around it.
    static final int PATH_CHARACTERS_MAX = 2_048;
    /// Characters of a query, as sent.
    static final int QUERY_CHARACTERS_MAX = 4_096;
    /// Parameters of a query.
    static final int PARAMETERS_MAX = 64;

    /// What may stand in a segment unescaped (RFC 3986, section 3.3), apart from letters and digits.
    private static final String SEGMENT = "-._~!$&'()*+,;=:@";
    /// The same for a name or value in a query, in which `&`, `=` and `+` have another meaning.
    private static final String PARAMETER = "-._~!$'()*,;:@/?";

    static RequestTarget parse(String path, String query) {
        if (path.length() > PATH_CHARACTERS_MAX || query.length() > QUERY_CHARACTERS_MAX) {
            throw new HttpProblem(Problem.of(
                    ProblemType.TARGET_TOO_LONG,
                    "The path may have %d characters and the query %d"
                            .formatted(PATH_CHARACTERS_MAX, QUERY_CHARACTERS_MAX)));
        }
        return new RequestTarget(segments(path), parameters(query));
    }

    private static List<String> segments(String path) {
        if (!path.startsWith("/")) {
            throw MalformedException.value("path", path, "does not begin with \"/\"");
        }
        if (path.length() == 1) {
            return List.of();
        }
        return Arrays.stream(path.substring(1).split("/", -1))
                .map(RequestTarget::segment)
                .toList();
    }

    private static String segment(String raw) {
        String segment = decoded("path", raw, SEGMENT);
        if (segment.equals(".") || segment.equals("..")) {
            throw MalformedException.value("path segment", raw, "is a step to another directory");
        }
        if (segment.indexOf('/') >= 0 || segment.indexOf('\\') >= 0) {
            throw MalformedException.value("path segment", raw, "holds an encoded slash");
        }
        return segment;
    }

    private static Map<String, List<String>> parameters(String query) {
        if (query.isEmpty()) {
            return Map.of();
        }
        String[] pairs = query.split("&", -1);
        if (pairs.length > PARAMETERS_MAX) {
            throw new MalformedException("query has " + pairs.length + " parameters, more than " + PARAMETERS_MAX);
        }
        var parameters = new LinkedHashMap<String, List<String>>();
        for (String pair : pairs) {
            int equals = pair.indexOf('=');
            if (equals <= 0) {
                throw new MalformedException("query has a parameter that is not name=value");
            }
            String name = decoded("query parameter", pair.substring(0, equals), PARAMETER);
            String value = decoded("query parameter " + Quoted.text(name), pair.substring(equals + 1), PARAMETER + "=");
            parameters.computeIfAbsent(name, none -> new ArrayList<>()).add(value);
        }
        return parameters;
    }

    /// Percent-decodes (RFC 3986, section 2.1). The text itself is not repeated where it could be a secret: a
    /// query.
    private static String decoded(String subject, String raw, String allowed) {
        var bytes = new ByteArrayOutputStream(raw.length());
        for (int i = 0; i < raw.length(); i++) {
            char c = raw.charAt(i);
            if (c == '%') {
                bytes.write(octet(subject, raw, i));
                i += 2;
            } else if ((c < 0x80 && Character.isLetterOrDigit(c)) || allowed.indexOf(c) >= 0) {
                bytes.write(c);
            } else {
                throw new MalformedException(
                        "%s holds the character U+%04X, which has to be escaped there".formatted(subject, (int) c));
            }
        }
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes.toByteArray()))
                    .toString();
            if (text.chars().anyMatch(Character::isISOControl)) {
                throw new MalformedException(subject + " holds a control character");
            }
            return text;
        } catch (CharacterCodingException e) {
            throw new MalformedException(subject + " is not UTF-8 behind its escapes", e);
        }
    }

    private static int octet(String subject, String raw, int at) {
        boolean whole = at + 2 < raw.length();
        int high = whole ? hexadecimal(raw.charAt(at + 1)) : -1;
        int low = whole ? hexadecimal(raw.charAt(at + 2)) : -1;
        if (high < 0 || low < 0) {
            throw new MalformedException(subject + " holds a \"%\" that two hexadecimal digits do not follow");
        }
        return high * 16 + low;
    }

    private static int hexadecimal(char c) {
        return c < 0x80 ? Character.digit(c, 16) : -1;
    }
}
