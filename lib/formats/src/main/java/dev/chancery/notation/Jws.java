// SPDX-License-Identifier: Apache-2.0
package dev.chancery.notation;

import dev.chancery.core.Bytes;
import dev.chancery.core.MalformedException;
import dev.chancery.core.Signature;
import dev.chancery.json.Json;
import dev.chancery.json.JsonFields;
import dev.chancery.json.JsonLimits;
import dev.chancery.key.CertificateChain;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/// The flattened JSON form of a JWS (RFC 7515, section 7.2.2), texts as they stand there.
///
/// @param value `r || s`
public record Jws(String payload, String protectedHeader, CertificateChain certificates, Bytes value) {
    private static final JsonLimits LIMITS = JsonLimits.foreign(Signature.BYTES_MAX);
    private static final String SUBJECT = "signature of notation";
    private static final String PAYLOAD = "payload";
    private static final String PROTECTED = "protected";
    private static final String HEADER = "header";
    private static final String SIGNATURE = "signature";
    private static final String CERTIFICATES = "x5c";

    /// One line.
    Bytes write() {
        var texts = certificates.certificates().stream()
                .map(der -> new Json.Text(Base64.getEncoder().encodeToString(der.toArray())))
                .toList();
        var header = new JsonFields()
                .put(CERTIFICATES, texts)
                .put("io.cncf.notary.signingAgent", "chancery")
                .toJson();
        String line = new JsonFields()
                .put(PAYLOAD, payload)
                .put(PROTECTED, protectedHeader)
                .put(HEADER, header)
                .put(SIGNATURE, text(value))
                .toJson()
                .line();
        return Bytes.of(line.getBytes(StandardCharsets.UTF_8));
    }

    /// Throws `MalformedException` for what is none. Nobody has vouched for what it says.
    public static Jws read(Bytes file) {
        var fields = members(Json.parse(file, SUBJECT, LIMITS).json(), SUBJECT);
        var header = members(fields.getOrDefault(HEADER, new Json.Null()), HEADER);
        var certificates = new ArrayList<Bytes>();
        if (header.get(CERTIFICATES) instanceof Json.Elements chain) {
            for (var one : chain.list()) {
                certificates.add(certificate(one));
            }
        }
        return new Jws(
                required(fields, PAYLOAD),
                required(fields, PROTECTED),
                new CertificateChain(List.copyOf(certificates)),
                bytes(SIGNATURE, required(fields, SIGNATURE)));
    }

    /// RFC 7515, section 4.1.6: base64, not base64url.
    private static Bytes certificate(Json one) {
        try {
            return Bytes.of(Base64.getDecoder().decode(one instanceof Json.Text(String text) ? text : "-"));
        } catch (IllegalArgumentException e) {
            throw new MalformedException("a certificate of x5c is not base64", e);
        }
    }

    static Map<String, Json> members(Json json, String subject) {
        if (json instanceof Json.Members members) {
            return members.fields();
        }
        throw new MalformedException(subject + " is no JSON object");
    }

    static String required(Map<String, Json> fields, String name) {
        if (fields.get(name) instanceof Json.Text(String text)) {
            return text;
        }
        throw new MalformedException("%s has no text %s".formatted(SUBJECT, name));
    }

    static String text(Bytes bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes.toArray());
    }

    /// Throws `MalformedException` for any other spelling than the one of [#text].
    static Bytes bytes(String subject, String text) {
        try {
            var bytes = Bytes.of(Base64.getUrlDecoder().decode(text));
            if (text(bytes).equals(text)) {
                return bytes;
            }
        } catch (IllegalArgumentException e) {
            throw new MalformedException(subject + " is not base64url", e);
        }
        throw new MalformedException(subject + " is not base64url in its one spelling");
    }
}
