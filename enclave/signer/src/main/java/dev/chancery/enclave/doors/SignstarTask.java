// SPDX-License-Identifier: Apache-2.0
package dev.chancery.enclave.doors;

import dev.chancery.core.ArtifactName;
import dev.chancery.core.Bytes;
import dev.chancery.core.DigestAlgorithm;
import dev.chancery.core.Encoding;
import dev.chancery.core.MalformedException;
import dev.chancery.core.Requester;
import dev.chancery.enclave.Asker;
import dev.chancery.enclave.Engine;
import dev.chancery.hashing.ContentForm;
import dev.chancery.hashing.HashState;
import dev.chancery.hashing.Measure;
import dev.chancery.hashing.Measured;
import dev.chancery.json.Json;
import dev.chancery.json.JsonFields;
import dev.chancery.json.JsonLimits;
import dev.chancery.json.JsonObject;
import dev.chancery.protocol.SigningRequest;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The stream is a request of Signstar, version 1: JSON with the state of SHA-512 after a file; what goes
/// back is JSON with an armored OpenPGP v4 signature, which has Arch Linux's notation with the file's digest.
///
/// What is `required` has to be known, to the last field. What is `optional` is a wish of the client's: of
/// those only `file-name` is heard, as the artifact's name, if it is one.
///
/// The state is that of the Rust crate `sha2`, 208 octets: eight words of 64 bits, little-endian; the number
/// of whole blocks in 128 bits, little-endian; how much of the next block there is, one octet; and 127
/// octets, of which so many count.
record SignstarTask(Engine engine, SigningRequest.Target target) implements StreamTask {
    /// Octets of a request: 208 numbers, each on a line of its own, and some wishes.
    private static final int REQUEST_BYTES_MAX = 64 * 1024;

    private static final String STATE = "sha2-0.11-SHA512-state";
    private static final String OUTPUT = "OpenPGPv4";
    private static final int WORDS = 8;
    private static final int STATE_BYTES = 208;

    @Override
    public byte[] answer(Connection connection, Requester peer, ArtifactName name) throws IOException {
        var request = request(readAll(connection), name);
        connection.expectMore(false);
        var signature = engine.sign(new Asker(peer), request);
        return new JsonFields()
                .put("version", "1.0.0")
                .put("signature", new String(signature.bytes().toArray(), StandardCharsets.US_ASCII))
                .toJson()
                .line()
                .getBytes(StandardCharsets.UTF_8);
    }

    private static Bytes readAll(Connection connection) throws IOException {
        var request = ByteBuffer.allocate(REQUEST_BYTES_MAX + 1);
        while (request.hasRemaining() && connection.read(request) >= 0) {
            // until the end, or one octet more than there may be
        }
        byte[] bytes = new byte[request.flip().remaining()];
        request.get(bytes);
        return Bytes.of(bytes);
    }

    SigningRequest request(Bytes json, ArtifactName name) {
        return Json.parse(json, "request", JsonLimits.foreign(REQUEST_BYTES_MAX))
                .object(object -> {
                    object.text("version", SignstarTask::version);
                    Measured content = object.object("required", SignstarTask::required);
                    var named = object.optional("optional")
                            .flatMap(optional -> fileName(optional.json()))
                            .orElse(name);
                    return new SigningRequest(target, Encoding.ARMOR, named, content, true);
                });
    }

    /// Semantic versioning: what is compatible has the same first number.
    private static String version(String text) {
        if (!text.matches("1\\.[0-9]{1,9}\\.[0-9]{1,9}")) {
            throw MalformedException.value("version", text, "is not 1 and two more numbers");
        }
        return text;
    }

    private static Measured required(JsonObject required) {
        HashState state = required.object("input", input -> {
            input.text("type", text -> requireKnown(text, STATE));
            return input.required("content")
                    .check(() -> state(input.list(
                            "content", STATE_BYTES, STATE_BYTES, octet -> Math.toIntExact(octet.integer(0, 255)))));
        });
        required.object("output", output -> output.text("type", text -> requireKnown(text, OUTPUT)));
        var measure = new Measure.OfState(DigestAlgorithm.SHA512, ContentForm.BYTES);
        return Measured.of(state.length(), Map.of(), Map.of(measure, state), Optional.empty());
    }

    private static String requireKnown(String text, String known) {
        if (!text.equals(known)) {
            throw MalformedException.value("type", text, "is not " + known);
        }
        return text;
    }

    private static HashState state(List<Integer> octets) {
        var layout = ByteBuffer.allocate(STATE_BYTES).order(ByteOrder.LITTLE_ENDIAN);
        octets.forEach(octet -> layout.put(octet.byteValue()));
        layout.flip();
        var chainingValue = ByteBuffer.allocate(WORDS * Long.BYTES);
        for (int i = 0; i < WORDS; i++) {
            chainingValue.putLong(layout.getLong());
        }
        long blocks = layout.getLong();
        if (layout.getLong() != 0) {
            throw new MalformedException("the state covers more than 2^64 blocks");
        }
        byte[] tail = new byte[Byte.toUnsignedInt(layout.get())];
        if (tail.length > layout.remaining()) {
            throw new MalformedException("the state has %d octets of a block of 128".formatted(tail.length));
        }
        layout.get(tail);
        return new HashState(DigestAlgorithm.SHA512, Bytes.of(chainingValue.array()), blocks, Bytes.of(tail));
    }

    /// What is not the name of a file is no name; the request is none the worse for it.
    private static Optional<ArtifactName> fileName(Json optional) {
        if (!(optional instanceof Json.Members members)
                || !(members.fields().get("file-name") instanceof Json.Text text)) {
            return Optional.empty();
        }
        try {
            return Optional.of(new ArtifactName(text.value()));
        } catch (MalformedException noName) {
            return Optional.empty();
        }
    }
}
