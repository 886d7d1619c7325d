// SPDX-License-Identifier: Apache-2.0
package dev.chancery.cli.images;

import dev.chancery.core.Bytes;
import dev.chancery.core.MalformedException;
import dev.chancery.json.Json;
import dev.chancery.json.JsonFields;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;

/// What a manifest says of a blob, or an index of a manifest (OCI image 1.1, "Content Descriptors").
///
/// @param fields all of it, so that what is not known here stays as it is
record Descriptor(Map<String, Json> fields) {
    static final String MEDIA_TYPE = "mediaType";
    static final String DIGEST = "digest";

    static Descriptor of(String mediaType, Bytes content) {
        return new Descriptor(new JsonFields()
                .put(MEDIA_TYPE, mediaType)
                .put(DIGEST, digest(content))
                .put("size", content.length())
                .toJson()
                .fields());
    }

    static Descriptor read(Json json) {
        var fields = json instanceof Json.Members members ? members.fields() : Map.<String, Json>of();
        if (!ImageReference.DIGEST.matcher(text(fields, DIGEST)).matches()) {
            throw MalformedException.value("descriptor", text(fields, DIGEST), "has no SHA-256 digest");
        }
        return new Descriptor(fields);
    }

    static String digest(Bytes content) {
        try {
            var sha256 = MessageDigest.getInstance("SHA-256");
            return "sha256:" + HexFormat.of().formatHex(sha256.digest(content.toArray()));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String text(Map<String, Json> fields, String name) {
        return fields.get(name) instanceof Json.Text(String value) ? value : "";
    }

    /// Empty where it is not there.
    String text(String name) {
        return text(fields, name);
    }

    String digest() {
        return text(DIGEST);
    }

    /// Bytes; as many as can be where it does not say.
    long size() {
        return fields.get("size") instanceof Json.Whole(long value) ? value : Long.MAX_VALUE;
    }

    /// Empty where it is not there.
    String annotation(String name) {
        return fields.get("annotations") instanceof Json.Members all ? text(all.fields(), name) : "";
    }

    Descriptor with(String name, Json value) {
        var more = new LinkedHashMap<>(fields);
        more.put(name, value);
        return new Descriptor(more);
    }

    Descriptor annotated(Map<String, String> annotations) {
        var all = new JsonFields();
        annotations.forEach(all::put);
        return with("annotations", all.toJson());
    }

    Json toJson() {
        return new Json.Members(fields);
    }
}
