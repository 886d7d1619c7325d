// SPDX-License-Identifier: Apache-2.0
package dev.chancery.bundle;

import dev.chancery.core.Bytes;
import dev.chancery.json.Json;
import dev.chancery.json.JsonFields;
import dev.chancery.json.JsonObject;
import dev.chancery.json.JsonValue;
import dev.chancery.key.SignatureValue;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/// A signed document of a type (secure-systems-lab/dsse, `envelope.md`), with exactly one signature: the specification
/// of the bundle allows no more, and every client refuses more.
public record Envelope(String payloadType, Bytes payload, SignatureValue signature) implements BundleContent {
    static final String FIELD = "dsseEnvelope";

    @Override
    public String field() {
        return FIELD;
    }

    /// The bytes that are signed (`protocol.md`, "Signature Definition"): `DSSEv1`, then of the type and of the payload
    /// the length in decimal and the bytes, with one space between any two.
    public static Bytes preAuthenticationEncoding(String payloadType, Bytes payload) {
        byte[] type = payloadType.getBytes(StandardCharsets.UTF_8);
        String head = "DSSEv1 %d %s %d ".formatted(type.length, payloadType, payload.length());
        byte[] before = head.getBytes(StandardCharsets.UTF_8);
        byte[] all = Arrays.copyOf(before, before.length + payload.length());
        System.arraycopy(payload.toArray(), 0, all, before.length, payload.length());
        return Bytes.of(all);
    }

    /// What its signature is over.
    public Bytes signed() {
        return preAuthenticationEncoding(payloadType, payload);
    }

    /// Without `keyid`: cosign refuses any but one of its own kind, and it would prove nothing.
    @Override
    public Json toJson() {
        var only =
                new JsonFields().put("sig", Base64Text.write(signature.bytes())).toJson();
        return new JsonFields()
                .put("payload", Base64Text.write(payload))
                .put("payloadType", payloadType)
                .put("signatures", List.of(only))
                .toJson();
    }

    static Envelope read(JsonObject envelope) {
        Bytes payload = Base64Text.read(envelope.required("payload"));
        String type = envelope.text("payloadType");
        List<SignatureValue> signatures = envelope.list("signatures", 1, 1, one -> one.object(Envelope::readSignature));
        return new Envelope(type, payload, signatures.getFirst());
    }

    private static SignatureValue readSignature(JsonObject signature) {
        signature.optional("keyid").ifPresent(JsonValue::text);
        return new SignatureValue(Base64Text.read(signature.required("sig")));
    }
}
