// SPDX-License-Identifier: Apache-2.0
package dev.chancery.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import dev.chancery.core.MalformedException;
import dev.chancery.core.Quoted;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// From bytes to a tree. The tokens are Jackson's; the encoding, the limits and the refusals are ours.
///
/// The bytes are decoded here, by the JDK, which is strict about UTF-8; Jackson would guess the encoding, take
/// UTF-16 and let some malformed sequences pass.
final class JsonParsing {
    private static final char BYTE_ORDER_MARK = '\uFEFF';
    private static final List<String> PROGRAMMERS_ADVICE =
            List.of(" (start marker at", ": enable `", " (not recognized as one since");

    /// Jackson's own limits are out of the way of ours, which name the place: the document is in memory already
    /// and Jackson converts no number here. Names are not kept between documents: a shared table of names from
    /// outside would be a table that strangers fill.
    private static final JsonFactory FACTORY = JsonFactory.builder()
            .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(Json.DEPTH_MAX + 1)
                    .maxNameLength(Integer.MAX_VALUE)
                    .maxStringLength(Integer.MAX_VALUE)
                    .maxNumberLength(Integer.MAX_VALUE)
                    .build())
            .build();

    private final JsonParser tokens;

    private JsonParsing(JsonParser tokens) {
        this.tokens = tokens;
    }

    static JsonValue parse(byte[] document, String subject) {
        char[] text = decode(document, subject);
        try (JsonParser tokens = FACTORY.createParser(text)) {
            return new JsonValue(JsonPath.root(subject), new JsonParsing(tokens).document(subject));
        } catch (JsonProcessingException e) {
            throw new MalformedException(
                    subject + " is not JSON" + at(e.getLocation()) + ": " + plain(e.getOriginalMessage()), e);
        } catch (IOException e) {
            throw new IllegalStateException("a char array was read and failed", e);
        }
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

    private Json document(String subject) throws IOException {
        JsonToken first = tokens.nextToken();
        if (first == null) {
            throw new MalformedException(subject + " is empty where one JSON value is needed");
        }
        Json value = value(first, JsonPath.root(subject), 0);
        if (tokens.nextToken() != null) {
            throw new MalformedException(subject + " has more after its end" + at(tokens.currentTokenLocation()));
        }
        return value;
    }

    private Json value(JsonToken token, JsonPath path, int depth) throws IOException {
        return switch (token) {
            case START_OBJECT -> members(path, deeper(path, depth));
            case START_ARRAY -> elements(path, deeper(path, depth));
            case VALUE_STRING -> new Json.Text(text(path, Json.TEXT_CHARACTERS_MAX));
            case VALUE_NUMBER_INT -> whole(path);
            case VALUE_NUMBER_FLOAT ->
                throw fault(path, "is " + Quoted.text(tokens.getText()) + ", not a whole number in plain digits");
            case VALUE_TRUE -> new Json.Bool(true);
            case VALUE_FALSE -> new Json.Bool(false);
            case VALUE_NULL -> new Json.Null();
            case END_OBJECT, END_ARRAY, FIELD_NAME, VALUE_EMBEDDED_OBJECT, NOT_AVAILABLE ->
                throw fault(path, "has no value");
        };
    }

    private int deeper(JsonPath path, int depth) {
        if (depth == Json.DEPTH_MAX) {
            throw fault(path, "lies deeper than " + Json.DEPTH_MAX + " levels");
        }
        return depth + 1;
    }

    private Json members(JsonPath path, int depth) throws IOException {
        var fields = new LinkedHashMap<String, Json>();
        while (next() != JsonToken.END_OBJECT) {
            String name = text(path, Json.NAME_CHARACTERS_MAX);
            JsonPath place = path.field(name);
            if (fields.containsKey(name)) {
                throw fault(place, "stands there twice");
            }
            fields.put(name, value(next(), place, depth));
        }
        return new Json.Members(fields);
    }

    private Json elements(JsonPath path, int depth) throws IOException {
        var list = new ArrayList<Json>();
        for (JsonToken token = next(); token != JsonToken.END_ARRAY; token = next()) {
            list.add(value(token, path.element(list.size()), depth));
        }
        return new Json.Elements(list);
    }

    private JsonToken next() throws IOException {
        JsonToken token = tokens.nextToken();
        if (token == null) {
            throw new IllegalStateException("Jackson ended inside of an array or object");
        }
        return token;
    }

    /// The text of a string or of a field's name.
    private String text(JsonPath path, int charactersMax) throws IOException {
        String text = tokens.getText();
        if (text.length() > charactersMax) {
            throw fault(path, "has a text of " + text.length() + " characters, more than " + charactersMax);
        }
        if (!Json.isUnicode(text)) {
            throw fault(path, "is " + Quoted.text(text) + ", which holds half of a surrogate pair");
        }
        return text;
    }

    private Json whole(JsonPath path) throws IOException {
        String digits = tokens.getText();
        boolean fits = digits.length() <= Json.NUMBER_CHARACTERS_MAX;
        long value = fits ? Long.parseLong(digits) : Long.MAX_VALUE;
        if (value < -Json.INTEGER_MAX || value > Json.INTEGER_MAX) {
            throw fault(path, "is " + Quoted.text(digits) + ", not within 2^53 of zero");
        }
        if (value == 0 && digits.length() > 1) {
            throw fault(path, "is " + Quoted.text(digits) + ", a second way to write 0");
        }
        return new Json.Whole(value);
    }

    private MalformedException fault(JsonPath path, String fault) {
        return new MalformedException(path + " " + fault + at(tokens.currentTokenLocation()));
    }

    /// Nothing where Jackson knows no place.
    private static String at(@Nullable JsonLocation location) {
        return location == null ? "" : " (line " + location.getLineNr() + ", column " + location.getColumnNr() + ")";
    }

    /// Jackson's words, which quote the document raw: only printable ASCII stays, up to the advice to a programmer.
    private static String plain(String words) {
        int end = words.length();
        for (String advice : PROGRAMMERS_ADVICE) {
            int at = words.indexOf(advice);
            end = at < 0 ? end : Math.min(end, at);
        }
        var plain = new StringBuilder(end);
        for (int i = 0; i < end; i++) {
            char c = words.charAt(i);
            plain.append(c >= ' ' && c < 0x7f ? c : '?');
        }
        return plain.toString();
    }
}
