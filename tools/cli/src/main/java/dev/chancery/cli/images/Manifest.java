// SPDX-License-Identifier: Apache-2.0
package dev.chancery.cli.images;

import dev.chancery.core.Bytes;
import dev.chancery.core.MalformedException;
import dev.chancery.json.Json;
import dev.chancery.json.JsonLimits;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// A manifest or index as it lies in a registry.
record Manifest(String mediaType, Bytes bytes) {
    static final String IMAGE = "application/vnd.oci.image.manifest.v1+json";
    static final String INDEX = "application/vnd.oci.image.index.v1+json";
    /// Those that can be signed: OCI's and Docker's.
    static final List<String> TYPES = List.of(
            IMAGE,
            INDEX,
            "application/vnd.docker.distribution.manifest.v2+json",
            "application/vnd.docker.distribution.manifest.list.v2+json");

    static Manifest of(String mediaType, Map<String, Json> fields) {
        return new Manifest(mediaType, Bytes.of(new Json.Members(fields).line().getBytes(StandardCharsets.UTF_8)));
    }

    String digest() {
        return Descriptor.digest(bytes);
    }

    Descriptor descriptor() {
        return Descriptor.of(mediaType, bytes);
    }

    /// Throws `MalformedException` where it calls itself another thing than the registry does: two readers could take
    /// it for two things.
    void requireOwnType() {
        if (fields().get(Descriptor.MEDIA_TYPE) instanceof Json.Text(String own) && !own.equals(mediaType)) {
            throw MalformedException.value(
                    "manifest's mediaType", own, "is not %s, as the registry says".formatted(mediaType));
        }
    }

    Map<String, Json> fields() {
        var json = Json.parse(bytes, "manifest", JsonLimits.foreign(Registry.MANIFEST_BYTES_MAX))
                .json();
        if (!(json instanceof Json.Members members)) {
            throw new MalformedException("the registry's manifest is no JSON object");
        }
        return members.fields();
    }

    /// The descriptors of a list that it has: `layers`, `manifests`.
    List<Descriptor> descriptors(String list) {
        var descriptors = new ArrayList<Descriptor>();
        if (fields().get(list) instanceof Json.Elements elements) {
            elements.list().forEach(one -> descriptors.add(Descriptor.read(one)));
        }
        return descriptors;
    }

    /// Empty where there is none.
    String annotation(String name) {
        return fields().get("annotations") instanceof Json.Members all
                        && all.fields().get(name) instanceof Json.Text(String text)
                ? text
                : "";
    }

    /// The same with another list of descriptors.
    Manifest with(String list, List<Descriptor> descriptors) {
        var fields = new LinkedHashMap<>(fields());
        fields.put(
                list,
                new Json.Elements(descriptors.stream().map(Descriptor::toJson).toList()));
        return of(mediaType, fields);
    }
}
