// SPDX-License-Identifier: Apache-2.0
package dev.chancery.notation;

import dev.chancery.core.Bytes;
import dev.chancery.core.Digest;
import dev.chancery.core.DigestAlgorithm;
import dev.chancery.core.MalformedException;
import dev.chancery.core.Quoted;
import dev.chancery.hashing.Measured;
import dev.chancery.json.Json;
import dev.chancery.json.JsonFields;
import dev.chancery.json.JsonLimits;
import dev.chancery.signeddata.Algorithms;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/// What a signature is about: the descriptor of a manifest (OCI image 1.1, "Content Descriptors").
record TargetArtifact(String mediaType, Digest digest, long size) {
    private static final JsonLimits LIMITS = JsonLimits.foreign(Measured.CONTENT_BYTES_MAX);
    private static final String FIELD = "targetArtifact";
    private static final String MEDIA_TYPE = "mediaType";
    private static final List<String> TYPES = List.of(
            "application/vnd.oci.image.manifest.v1+json",
            "application/vnd.oci.image.index.v1+json",
            "application/vnd.docker.distribution.manifest.v2+json",
            "application/vnd.docker.distribution.manifest.list.v2+json");

    /// By the SHA-256 that names it in every registry. Throws `MalformedException` for what is no manifest.
    static TargetArtifact of(Bytes manifest) {
        var fields = members(Json.parse(manifest, "manifest", LIMITS).json(), "content");
        String type = type(fields);
        if (!TYPES.contains(type)) {
            throw MalformedException.value("mediaType", type, "is not that of a manifest of an image");
        }
        return new TargetArtifact(type, Algorithms.hash(DigestAlgorithm.SHA256, manifest), manifest.length());
    }

    /// OCI image 1.1, "Image Manifest": `mediaType` should be there, and need not.
    private static String type(Map<String, Json> manifest) {
        if (manifest.get(MEDIA_TYPE) instanceof Json.Text(String type)) {
            return type;
        }
        boolean oci = manifest.get("schemaVersion") instanceof Json.Whole(long version) && version == 2;
        boolean index = manifest.get("manifests") instanceof Json.Elements;
        boolean image = manifest.get("layers") instanceof Json.Elements;
        if (!oci || index == image) {
            throw new MalformedException("content is no manifest of an image, and notation signs nothing else");
        }
        return index ? TYPES.get(1) : TYPES.getFirst();
    }

    private static Map<String, Json> members(Json json, String subject) {
        if (json instanceof Json.Members members) {
            return members.fields();
        }
        throw new MalformedException(subject + " is no JSON object");
    }

    Bytes payload() {
        var descriptor = new JsonFields()
                .put(MEDIA_TYPE, mediaType)
                .put("digest", digest.algorithm().label() + ":" + digest.hex())
                .put("size", size)
                .toJson();
        String line = new JsonFields().put(FIELD, descriptor).toJson().line();
        return Bytes.of(line.getBytes(StandardCharsets.UTF_8));
    }

    /// Annotations that a signer added are passed over.
    static TargetArtifact read(Bytes payload) {
        var all = members(Json.parse(payload, "payload", LIMITS).json(), "payload");
        var target = all.get(FIELD);
        if (target == null) {
            throw new MalformedException("payload has no " + FIELD);
        }
        var fields = members(target, FIELD);
        if (fields.get(MEDIA_TYPE) instanceof Json.Text(String type)
                && fields.get("digest") instanceof Json.Text(String digest)
                && fields.get("size") instanceof Json.Whole(long size)) {
            return new TargetArtifact(type, digest(digest), size);
        }
        throw new MalformedException("%s has no mediaType, digest or size".formatted(FIELD));
    }

    private static Digest digest(String text) {
        int colon = text.indexOf(':');
        return Arrays.stream(DigestAlgorithm.values())
                .filter(algorithm -> colon > 0 && algorithm.label().equals(text.substring(0, colon)))
                .findFirst()
                .map(algorithm -> Digest.parse(algorithm, text.substring(colon + 1)))
                .orElseThrow(() ->
                        new MalformedException("digest %s is of no known algorithm".formatted(Quoted.text(text))));
    }
}
