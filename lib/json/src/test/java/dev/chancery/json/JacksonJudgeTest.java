// SPDX-License-Identifier: Apache-2.0
package dev.chancery.json;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import dev.chancery.core.Bytes;
import dev.chancery.core.MalformedException;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// Jackson reads the same bytes: what we take it takes with the same meaning, and what we call "not JSON" it does too.
/// Our further refusals (numbers, twins, depth, surrogates) have words of their own.
class JacksonJudgeTest {
    private static final JsonFactory JACKSON = new JsonFactory();
    private static final int MUTATIONS = 400;

    @FuzzTest
    void agrees(byte[] document) throws IOException {
        compare(document);
    }

    @Test
    void agreesOnEveryVectorAndItsMutations() throws IOException, URISyntaxException {
        var folder = Objects.requireNonNull(JacksonJudgeTest.class.getResource("/vectors/json"));
        var random = new Random(8259);
        int accepted = 0;
        try (var files = Files.list(Path.of(folder.toURI()))) {
            for (Path file : files.sorted().toList()) {
                byte[] document = Files.readAllBytes(file);
                compare(document);
                for (int i = 0; i < MUTATIONS && document.length < 10_000; i++) {
                    accepted += compare(mutated(document, random)) ? 1 : 0;
                }
            }
        }
        assertTrue(accepted > 1_000, "most mutations hit syntax: " + accepted);
    }

    private static byte[] mutated(byte[] document, Random random) {
        String kinds = "{}[]:,\"\\/ \n\t0123456789-+.eEtrufalsn";
        var bytes = new StringBuilder(new String(document, StandardCharsets.ISO_8859_1));
        int place = random.nextInt(bytes.length() + 1);
        char c = kinds.charAt(random.nextInt(kinds.length()));
        switch (random.nextInt(3)) {
            case 0 -> bytes.insert(place, c);
            case 1 -> bytes.replace(place, Math.min(place + 1, bytes.length()), String.valueOf(c));
            default -> bytes.delete(place, Math.min(place + 1 + random.nextInt(3), bytes.length()));
        }
        return bytes.toString().getBytes(StandardCharsets.ISO_8859_1);
    }

    /// Whether we took it.
    private static boolean compare(byte[] document) throws IOException {
        String text;
        try {
            text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(document))
                    .toString();
        } catch (CharacterCodingException e) {
            return false;
        }
        try {
            Json ours = Json.parse(Bytes.of(document), "fuzz").json();
            assertEquals(jackson(text), ours, text);
            return true;
        } catch (MalformedException e) {
            if (e.sentence().contains("is not JSON")) {
                assertFalse(isJson(text), text);
            }
            return false;
        }
    }

    private static boolean isJson(String text) throws IOException {
        try (JsonParser tokens = JACKSON.createParser(text)) {
            int depth = 0;
            boolean ended = false;
            for (JsonToken token = tokens.nextToken(); token != null; token = tokens.nextToken()) {
                if (ended) {
                    return true; // a second value: ours has other words for it, and stopped there
                }
                depth += token.isStructStart() ? 1 : token.isStructEnd() ? -1 : 0;
                ended = depth == 0;
            }
            return true;
        } catch (JsonProcessingException e) {
            return false;
        }
    }

    private static Json jackson(String text) throws IOException {
        try (JsonParser tokens = JACKSON.createParser(text)) {
            Json value = value(tokens, tokens.nextToken());
            assertEquals(null, tokens.nextToken(), text);
            return value;
        }
    }

    private static Json value(JsonParser tokens, JsonToken token) throws IOException {
        return switch (token) {
            case START_OBJECT -> {
                var fields = new LinkedHashMap<String, Json>();
                while (tokens.nextToken() != JsonToken.END_OBJECT) {
                    String name = tokens.currentName();
                    fields.put(name, value(tokens, tokens.nextToken()));
                }
                yield new Json.Members(fields);
            }
            case START_ARRAY -> {
                List<Json> list = new ArrayList<>();
                for (JsonToken next = tokens.nextToken(); next != JsonToken.END_ARRAY; next = tokens.nextToken()) {
                    list.add(value(tokens, next));
                }
                yield new Json.Elements(list);
            }
            case VALUE_STRING -> new Json.Text(tokens.getText());
            case VALUE_NUMBER_INT -> new Json.Whole(tokens.getLongValue());
            case VALUE_TRUE -> new Json.Bool(true);
            case VALUE_FALSE -> new Json.Bool(false);
            case VALUE_NULL -> new Json.Null();
            default -> throw new AssertionError(token);
        };
    }
}
