// SPDX-License-Identifier: Apache-2.0
package dev.chancery.json;

import dev.chancery.core.MalformedException;
import dev.chancery.core.Quoted;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;

/// From bytes to a tree: the grammar of RFC 8259, section 2, a method for each of its rules.
///
/// A method that reads something begins at its first character and ends behind its last. The JDK decodes,
/// which is strict about UTF-8; nothing here guesses.
final class JsonParsing {
    private static final char BYTE_ORDER_MARK = '\uFEFF';
    private static final int END = -1;

    private final JsonPath root;
    private final char[] text;
    private final JsonLimits limits;
    private int at;

    private JsonParsing(char[] text, JsonPath root, JsonLimits limits) {
        this.text = text;
        this.root = root;
        this.limits = limits;
    }

    static JsonValue parse(byte[] document, String subject, JsonLimits limits) {
        JsonPath root = JsonPath.root(subject);
        return new JsonValue(root, new JsonParsing(decode(document, subject), root, limits).document());
    }

    /// Whether a text is a number of section 6 and nothing else.
    static boolean isNumber(String written) {
        var parsing = new JsonParsing(written.toCharArray(), JsonPath.root("number"), JsonLimits.foreign(0));
        try {
            parsing.skipNumber();
        } catch (MalformedException e) {
            return false;
        }
        return parsing.at == written.length();
    }

    private static char[] decode(byte[] document, String subject) {
        var in = ByteBuffer.wrap(document);
        var out = CharBuffer.allocate(document.length);
        var decoder = StandardCharsets.UTF_8
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
        if (decoder.decode(in, out, true).isError()) {
            throw new MalformedException(subject + " is not UTF-8 at byte " + in.position());
        }
        char[] text = new char[out.flip().length()];
        out.get(text);
        if (text.length > 0 && text[0] == BYTE_ORDER_MARK) {
            throw new MalformedException(subject + " begins with a byte order mark, which JSON does not have");
        }
        return text;
    }

    private Json document() {
        if (next() == END) {
            throw new MalformedException(root + " is empty where one JSON value is needed");
        }
        Json value = value(root, 0);
        if (next() != END) {
            throw fault(root, "has more after its end", at);
        }
        return value;
    }

    /// Section 3.
    private Json value(JsonPath path, int depth) {
        return switch (peek()) {
            case '{' -> members(path, deeper(path, depth));
            case '[' -> elements(path, deeper(path, depth));
            case '"' -> new Json.Text(text(path, limits.textCharacters()));
            case 't' -> word("true", new Json.Bool(true));
            case 'f' -> word("false", new Json.Bool(false));
            case 'n' -> word("null", new Json.Null());
            case '-', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9' -> number(path);
            default -> throw needed("a value");
        };
    }

    private int deeper(JsonPath path, int depth) {
        if (depth == Json.DEPTH_MAX) {
            throw fault(path, "lies deeper than " + Json.DEPTH_MAX + " levels", at);
        }
        return depth + 1;
    }

    private Json word(String word, Json value) {
        for (int i = 0; i < word.length(); i++, at++) {
            if (peek() != word.charAt(i)) {
                throw needed("the word " + word);
            }
        }
        return value;
    }

    /// Section 4.
    private Json members(JsonPath path, int depth) {
        var fields = new LinkedHashMap<String, Json>();
        at++;
        if (!took('}')) {
            do {
                if (next() != '"') {
                    throw needed(fields.isEmpty() ? "a name in double quotes or }" : "a name in double quotes");
                }
                int start = at;
                String name = text(path, limits.nameCharacters());
                JsonPath place = path.field(name);
                if (fields.containsKey(name)) {
                    throw fault(place, "stands there twice", start);
                }
                take(':', ":");
                next();
                fields.put(name, value(place, depth));
            } while (took(','));
            take('}', ", or }");
        }
        return new Json.Members(fields);
    }

    /// Section 5.
    private Json elements(JsonPath path, int depth) {
        var list = new ArrayList<Json>();
        at++;
        if (!took(']')) {
            do {
                next();
                list.add(value(path.element(list.size()), depth));
            } while (took(','));
            take(']', ", or ]");
        }
        return new Json.Elements(list);
    }

    /// Section 6.
    private Json number(JsonPath path) {
        int start = at;
        boolean whole = skipNumber();
        String number = new String(text, start, at - start);
        if (!whole && !limits.fractions()) {
            throw fault(path, "is " + Quoted.text(number) + ", not a whole number in plain digits", start);
        }
        return whole ? whole(path, number, start) : new Json.Fraction(number);
    }

    /// Whether it was a whole number in plain digits.
    private boolean skipNumber() {
        skip('-');
        if (!skip('0')) {
            digits();
        } else if (isDigit()) {
            throw needed("no further digit after a first 0");
        }
        boolean whole = true;
        if (skip('.')) {
            digits();
            whole = false;
        }
        if (skip('e') || skip('E')) {
            if (!skip('+')) {
                skip('-');
            }
            digits();
            whole = false;
        }
        return whole;
    }

    private void digits() {
        if (!isDigit()) {
            throw needed("a digit");
        }
        while (isDigit()) {
            at++;
        }
    }

    private boolean isDigit() {
        return peek() >= '0' && peek() <= '9';
    }

    private Json whole(JsonPath path, String digits, int start) {
        boolean fits = digits.length() <= Json.NUMBER_CHARACTERS_MAX;
        long value = fits ? Long.parseLong(digits) : Long.MAX_VALUE;
        boolean within = value >= -Json.INTEGER_MAX && value <= Json.INTEGER_MAX;
        if (limits.fractions() && (!within || (value == 0 && digits.length() > 1))) {
            return new Json.Fraction(digits);
        }
        if (!within) {
            throw fault(path, "is " + Quoted.text(digits) + ", not within 2^53 of zero", start);
        }
        if (value == 0 && digits.length() > 1) {
            throw fault(path, "is " + Quoted.text(digits) + ", a second way to write 0", start);
        }
        return new Json.Whole(value);
    }

    /// Section 7: a string, or the name of a field.
    private String text(JsonPath path, int charactersMax) {
        int start = at++;
        var read = new StringBuilder();
        while (peek() != '"') {
            if (peek() == END) {
                throw needed("the end of a text");
            }
            if (peek() < ' ') {
                throw needed("an escape");
            }
            if (skip('\\')) {
                read.append(escaped());
            } else {
                int run = at;
                skipPlain();
                read.append(text, run, at - run);
            }
        }
        at++;
        if (read.length() > charactersMax) {
            throw fault(path, "has a text of " + read.length() + " characters, more than " + charactersMax, start);
        }
        String whole = read.toString();
        if (!Json.isUnicode(whole)) {
            throw fault(path, "is " + Quoted.text(whole) + ", which holds half of a surrogate pair", start);
        }
        return whole;
    }

    /// To what is not a character that stands for itself.
    private void skipPlain() {
        while (at < text.length && text[at] >= ' ' && text[at] != '"' && text[at] != '\\') {
            at++;
        }
    }

    /// What stands for the characters behind a backslash.
    private char escaped() {
        char meant = switch (peek()) {
            case '"', '\\', '/' -> text[at];
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case 'u' -> '\0';
            default -> throw needed("one of \" \\ / b f n r t u");
        };
        return text[at++] == 'u' ? hexadecimal() : meant;
    }

    private char hexadecimal() {
        int unit = 0;
        for (int i = 0; i < 4; i++, at++) {
            int c = peek();
            int digit = c < 0x80 ? Character.digit(c, 16) : -1;
            if (digit < 0) {
                throw needed("a hexadecimal digit");
            }
            unit = unit * 16 + digit;
        }
        return (char) unit;
    }

    private int peek() {
        return at < text.length ? text[at] : END;
    }

    /// What comes after white space (section 2).
    private int next() {
        while (peek() == ' ' || peek() == '\t' || peek() == '\n' || peek() == '\r') {
            at++;
        }
        return peek();
    }

    private boolean skip(char c) {
        boolean there = peek() == c;
        at += there ? 1 : 0;
        return there;
    }

    private boolean took(char c) {
        next();
        return skip(c);
    }

    private void take(char c, String needed) {
        if (!took(c)) {
            throw needed(needed);
        }
    }

    private MalformedException needed(String what) {
        String there = peek() == END
                ? "it ends"
                : Quoted.text(new String(Character.toChars(Character.codePointAt(text, at)))) + " stands";
        return new MalformedException(
                root + " is not JSON" + place(at) + ": " + there + " where " + what + " is needed");
    }

    private MalformedException fault(JsonPath path, String fault, int where) {
        return new MalformedException(path + " " + fault + place(where));
    }

    private String place(int where) {
        int line = 1;
        int lineStart = 0;
        for (int i = 0; i < where; i++) {
            boolean beforeLineFeed = i + 1 < text.length && text[i + 1] == '\n';
            if (text[i] == '\n' || (text[i] == '\r' && !beforeLineFeed)) {
                line++;
                lineStart = i + 1;
            }
        }
        return " (line " + line + ", column " + (where - lineStart + 1) + ")";
    }
}
