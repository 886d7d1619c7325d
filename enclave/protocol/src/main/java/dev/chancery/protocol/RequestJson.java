// SPDX-License-Identifier: Apache-2.0
package dev.chancery.protocol;

import dev.chancery.core.Artifact;
import dev.chancery.core.ArtifactName;
import dev.chancery.core.Authority;
import dev.chancery.core.Bytes;
import dev.chancery.core.Digest;
import dev.chancery.core.DigestAlgorithm;
import dev.chancery.core.Encoding;
import dev.chancery.core.FormatName;
import dev.chancery.core.MalformedException;
import dev.chancery.hashing.ContentForm;
import dev.chancery.hashing.HashState;
import dev.chancery.hashing.Measure;
import dev.chancery.hashing.Measured;
import dev.chancery.hashing.Salt;
import dev.chancery.json.Json;
import dev.chancery.json.JsonFields;
import dev.chancery.json.JsonObject;
import dev.chancery.json.JsonValue;
import dev.chancery.key.KeyId;
import java.util.Arrays;
import java.util.Base64;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// Requests as JSON. A content's measurements are written in one order, so that equal requests are equal bytes.
final class RequestJson {
    private static final HexFormat HEX = HexFormat.of();
    /// Each with and without a salt.
    private static final int STATES_MAX = 2 * DigestAlgorithm.values().length * ContentForm.values().length;

    private static final Comparator<Measure.OfState> ORDER = Comparator.comparing(Measure.OfState::algorithm)
            .thenComparing(Measure.OfState::form)
            .thenComparing(measure -> measure.salt().hex());

    private RequestJson() {}

    static Json write(SigningRequest request) {
        var fields = new JsonFields()
                .put("authority", request.authority().name())
                .put("format", request.format().text());
        request.target().key().ifPresent(key -> fields.put("key", key.hex()));
        fields.put("encoding", request.encoding().label())
                .put("artifact", request.name().text());
        content(fields, request.content());
        return fields.toJson();
    }

    private static void content(JsonFields fields, Measured content) {
        if (content.has(Measure.tree())) {
            throw new MalformedException("a directory's files do not travel; its statement does");
        }
        if (content.hasSize()) {
            fields.put("size", content.size());
        }
        var digests = new JsonFields();
        for (var algorithm : DigestAlgorithm.values()) {
            if (content.has(Measure.digest(algorithm))) {
                digests.put(algorithm.label(), content.digest(algorithm).hex());
            }
        }
        content.salt(); // there is not more than one
        var states = content.states().entrySet().stream()
                .sorted(Map.Entry.comparingByKey(ORDER))
                .map(entry -> state(entry.getKey(), entry.getValue()))
                .toList();
        fields.put("digests", digests.toJson()).put("states", states);
        if (content.has(Measure.content())) {
            fields.put(
                    "content",
                    Base64.getEncoder().encodeToString(content.content().toArray()));
        }
    }

    private static Json state(Measure.OfState measure, HashState state) {
        var fields =
                new JsonFields().put("algorithm", state.algorithm().label()).put("form", label(measure.form()));
        if (!measure.salt().isNone()) {
            fields.put("salt", measure.salt().hex());
        }
        return fields.put("chaining_value", HEX.formatHex(state.chainingValue().toArray()))
                .put("blocks", state.blocks())
                .put("tail", HEX.formatHex(state.tail().toArray()))
                .toJson();
    }

    static SigningRequest read(JsonObject object) {
        var target = new SigningRequest.Target(
                object.text("authority", Authority::new),
                object.text("format", FormatName::new),
                object.optionalText("key", KeyId::new));
        var encoding = object.text("encoding", Encoding::parse);
        var name = object.text("artifact", ArtifactName::new);
        return new SigningRequest(target, encoding, name, readContent(object));
    }

    private static Measured readContent(JsonObject object) {
        Optional<Long> size = object.optional("size").map(value -> value.integer(0, Artifact.SIZE_BYTES_MAX));
        Map<DigestAlgorithm, Digest> digests = object.object("digests", RequestJson::readDigests);
        List<FormedState> list = object.list("states", 0, STATES_MAX, value -> value.object(RequestJson::readState));
        Optional<Bytes> content = object.optional("content").map(RequestJson::readBase64);
        return object.check(() -> {
            var states = new HashMap<Measure.OfState, HashState>();
            for (var formed : list) {
                var measure = new Measure.OfState(formed.state().algorithm(), formed.form(), formed.salt());
                if (states.put(measure, formed.state()) != null) {
                    throw new MalformedException("one hash state is there twice");
                }
            }
            if (size.isEmpty() && states.isEmpty() && content.isEmpty()) {
                return Measured.ofDigests(digests);
            }
            long known = size.orElseThrow(() -> new MalformedException("\"size\" is missing"));
            return Measured.of(known, digests, states, content);
        });
    }

    private static Map<DigestAlgorithm, Digest> readDigests(JsonObject object) {
        var digests = new EnumMap<DigestAlgorithm, Digest>(DigestAlgorithm.class);
        for (var algorithm : DigestAlgorithm.values()) {
            object.optionalText(algorithm.label(), hex -> Digest.parse(algorithm, hex))
                    .ifPresent(digest -> digests.put(algorithm, digest));
        }
        return digests;
    }

    private record FormedState(ContentForm form, Salt salt, HashState state) {}

    private static FormedState readState(JsonObject object) {
        var algorithm = object.text("algorithm", RequestJson::algorithm);
        var form = object.text("form", RequestJson::form);
        var salt = object.optionalText("salt", RequestJson::salt).orElse(Salt.NONE);
        var chainingValue = object.text("chaining_value", RequestJson::hex);
        long blocks = object.integer("blocks", 0, Json.INTEGER_MAX);
        var tail = object.text("tail", RequestJson::hex);
        return object.check(() -> new FormedState(form, salt, new HashState(algorithm, chainingValue, blocks, tail)));
    }

    /// One without octets would be none.
    private static Salt salt(String hex) {
        var salt = Salt.parse(hex);
        if (salt.isNone()) {
            throw MalformedException.value("salt", hex, "is empty");
        }
        return salt;
    }

    private static DigestAlgorithm algorithm(String label) {
        return Arrays.stream(DigestAlgorithm.values())
                .filter(algorithm -> algorithm.label().equals(label))
                .findFirst()
                .orElseThrow(() -> MalformedException.value("algorithm", label, "is not known"));
    }

    private static ContentForm form(String label) {
        return Arrays.stream(ContentForm.values())
                .filter(form -> label(form).equals(label))
                .findFirst()
                .orElseThrow(() -> MalformedException.value("form", label, "is not bytes, text or cleartext"));
    }

    private static String label(ContentForm form) {
        return form.name().toLowerCase(Locale.ROOT);
    }

    private static Bytes hex(String text) {
        if (!Bytes.areWrittenAs(text)) {
            throw MalformedException.value("hex", text, "is not pairs of lower-case hex digits");
        }
        return Bytes.of(HEX.parseHex(text));
    }

    /// Base64 as it is written (RFC 4648, section 4): with padding, and nothing in the unused bits.
    static Bytes readBase64(JsonValue value) {
        String text = value.text();
        try {
            byte[] bytes = Base64.getDecoder().decode(text);
            if (Base64.getEncoder().encodeToString(bytes).equals(text)) {
                return Bytes.of(bytes);
            }
        } catch (IllegalArgumentException noBase64) {
            // The one sentence for both.
        }
        throw value.malformed("is not base64 with padding");
    }
}
