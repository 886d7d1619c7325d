// SPDX-License-Identifier: Apache-2.0
package dev.chancery.cli.images;

import dev.chancery.core.Bytes;
import dev.chancery.core.UnavailableException;
import dev.chancery.json.Json;
import dev.chancery.json.JsonFields;
import dev.chancery.notation.Jws;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The signatures of one manifest, in all forms.
final class Referrers {
    static final int REFERRERS_MAX = 100;
    /// Bytes: a certificate chain and a log's proof fit many times.
    static final int BUNDLE_BYTES_MAX = 1 << 20;
    /// What the statement says of the image: that it was signed, no more.
    static final String PREDICATE = "https://sigstore.dev/cosign/sign/v1";

    private static final String BUNDLE = "application/vnd.dev.sigstore.bundle.v0.3+json";
    /// The Notary Project's `signature-specification.md`, "OCI Signatures": the manifest's type, its layer's, and what
    /// has the SHA-256 of each certificate.
    private static final String NOTATION = "application/vnd.cncf.notary.signature";
    private static final String JOSE = "application/jose+json";
    private static final String THUMBPRINTS = "io.cncf.notary.x509chain.thumbprint#S256";
    private static final String CREATED = "org.opencontainers.image.created";
    private static final String EMPTY = "application/vnd.oci.empty.v1+json";
    private static final String CONFIG = "application/vnd.oci.image.config.v1+json";
    private static final String SIMPLE = "application/vnd.dev.cosign.simplesigning.v1+json";
    private static final String SIGNATURE = "dev.cosignproject.cosign/signature";
    /// An annotation of the manifest that refers: what `chancery image verify --log` wants to see.
    private static final String RECEIPT = "dev.chancery.tlog-proof";

    private static final String LAYERS = "layers";
    private static final String MANIFESTS = "manifests";
    private static final String ARTIFACT_TYPE = "artifactType";
    /// How often a tag is completed again that somebody else wrote at the same moment.
    private static final int ATTEMPTS = 10;

    private final Registry registry;
    private final Manifest image;

    Referrers(Registry registry, Manifest image) {
        this.registry = registry;
        this.image = image;
    }

    Manifest image() {
        return image;
    }

    /// `sha256-HEX`.
    private String tag() {
        return image.digest().replace(':', '-');
    }

    /// The bundles that refer to the image, whoever put them there.
    List<ImageSignature> bundles() {
        return referring(BUNDLE, BUNDLE);
    }

    /// The signatures of notation that do.
    List<ImageSignature> notations() {
        return referring(NOTATION, JOSE);
    }

    private List<ImageSignature> referring(String artifactType, String layerType) {
        var index = registry.referrers(image.digest());
        var all =
                new ArrayList<>(index.map(found -> found.descriptors(MANIFESTS)).orElse(List.of()));
        if (all.isEmpty()) {
            registry.manifest(tag()).ifPresent(found -> all.addAll(found.descriptors(MANIFESTS)));
        }
        return all.stream()
                // What copies an index may leave out what it does not know; the manifest itself says it again.
                .filter(one -> List.of(artifactType, "").contains(one.text(ARTIFACT_TYPE)))
                .map(Descriptor::digest)
                .distinct()
                .limit(REFERRERS_MAX)
                .flatMap(digest -> registry.manifest(digest).stream())
                .filter(this::isOurs)
                .flatMap(one -> one.descriptors(LAYERS).stream()
                        .filter(layer ->
                                layer.text(Descriptor.MEDIA_TYPE).equals(layerType) && layer.size() <= BUNDLE_BYTES_MAX)
                        .map(layer -> new ImageSignature(registry.blob(layer.digest()), receipt(one))))
                .toList();
    }

    private static Optional<Bytes> receipt(Manifest referrer) {
        return Optional.of(referrer.annotation(RECEIPT))
                .filter(text -> !text.isEmpty())
                .map(text -> Bytes.of(text.getBytes(StandardCharsets.UTF_8)));
    }

    private boolean isOurs(Manifest referrer) {
        return referrer.fields().get("subject") instanceof Json.Members subject
                && Descriptor.read(subject).digest().equals(image.digest());
    }

    /// Puts a bundle there, if it is not.
    ///
    /// @return whether it was not
    boolean putBundle(ImageSignature bundle, Instant now) {
        if (bundles().stream().anyMatch(there -> there.file().equals(bundle.file()))) {
            return false;
        }
        refer(
                BUNDLE,
                Descriptor.of(BUNDLE, bundle.file()),
                bundle,
                Map.of(
                        CREATED,
                        now.truncatedTo(ChronoUnit.SECONDS).toString(),
                        "dev.sigstore.bundle.content",
                        "dsse-envelope",
                        "dev.sigstore.bundle.predicateType",
                        PREDICATE));
        return true;
    }

    /// Puts a signature of notation there.
    void putNotation(ImageSignature jws, Instant now) {
        var thumbprints = Jws.read(jws.file()).certificates().certificates().stream()
                .map(Descriptor::digest)
                .<Json>map(digest -> new Json.Text(digest.substring("sha256:".length())))
                .toList();
        refer(
                NOTATION,
                Descriptor.of(JOSE, jws.file()),
                jws,
                Map.of(
                        CREATED,
                        now.truncatedTo(ChronoUnit.SECONDS).toString(),
                        THUMBPRINTS,
                        new Json.Elements(thumbprints).line()));
    }

    /// Puts a manifest there that has one layer and refers to the image. The receipt is in it, and not in the index.
    private void refer(String artifactType, Descriptor layer, ImageSignature content, Map<String, String> annotations) {
        var nothing = Bytes.of("{}".getBytes(StandardCharsets.UTF_8));
        registry.putBlob(nothing);
        registry.putBlob(content.file());
        var fields = new LinkedHashMap<String, Json>();
        fields.put("schemaVersion", new Json.Whole(2));
        fields.put(Descriptor.MEDIA_TYPE, new Json.Text(Manifest.IMAGE));
        fields.put(ARTIFACT_TYPE, new Json.Text(artifactType));
        fields.put("config", Descriptor.of(EMPTY, nothing).toJson());
        fields.put(LAYERS, new Json.Elements(List.of(layer.toJson())));
        fields.put("subject", image.descriptor().toJson());
        var all = new LinkedHashMap<>(annotations);
        content.receipt().ifPresent(receipt -> all.put(RECEIPT, new String(receipt.toArray(), StandardCharsets.UTF_8)));
        fields.put("annotations", annotations(all));
        var manifest = Manifest.of(Manifest.IMAGE, fields);
        if (!registry.putManifest(manifest.digest(), manifest)) {
            var entry = manifest.descriptor()
                    .with(ARTIFACT_TYPE, new Json.Text(artifactType))
                    .annotated(annotations);
            complete(tag(), MANIFESTS, entry, empty(Manifest.INDEX, Map.of(MANIFESTS, new Json.Elements(List.of()))));
        }
    }

    private static Json annotations(Map<String, String> annotations) {
        var fields = new JsonFields();
        annotations.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .forEach(one -> fields.put(one.getKey(), one.getValue()));
        return fields.toJson();
    }

    /// The text that is signed in the form of the tag (cosign's SIGNATURE_SPEC).
    Bytes payload() {
        return Bytes.of(("{\"critical\":{\"identity\":{\"docker-reference\":\"%s/%s\"},"
                        + "\"image\":{\"docker-manifest-digest\":\"%s\"},"
                        + "\"type\":\"cosign container image signature\"},\"optional\":null}")
                .formatted(registry.image().registry(), registry.image().repository(), image.digest())
                .getBytes(StandardCharsets.UTF_8));
    }

    /// Puts a signature over [#payload] there, if it is not.
    ///
    /// @return whether it was not
    boolean putTag(Bytes signature) {
        var payload = payload();
        String base64 = java.util.Base64.getEncoder().encodeToString(signature.toArray());
        var layer = Descriptor.of(SIMPLE, payload).annotated(Map.of(SIGNATURE, base64));
        if (registry.manifest(tag() + ".sig")
                .filter(there -> isIn(there, LAYERS, layer))
                .isPresent()) {
            return false;
        }
        var config = Bytes.of(
                "{\"architecture\":\"\",\"os\":\"\",\"config\":{},\"rootfs\":{\"type\":\"layers\",\"diff_ids\":[]}}"
                        .getBytes(StandardCharsets.UTF_8));
        registry.putBlob(config);
        registry.putBlob(payload);
        var fields = new LinkedHashMap<String, Json>();
        fields.put("config", Descriptor.of(CONFIG, config).toJson());
        fields.put(LAYERS, new Json.Elements(List.of()));
        complete(tag() + ".sig", LAYERS, layer, empty(Manifest.IMAGE, fields));
        return true;
    }

    private static Manifest empty(String mediaType, Map<String, Json> more) {
        var fields = new LinkedHashMap<String, Json>();
        fields.put("schemaVersion", new Json.Whole(2));
        fields.put(Descriptor.MEDIA_TYPE, new Json.Text(mediaType));
        fields.putAll(more);
        return Manifest.of(mediaType, fields);
    }

    /// Adds a descriptor to what a tag has, and looks whether it stayed there.
    private void complete(String tag, String list, Descriptor added, Manifest nothing) {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            var there = registry.manifest(tag).orElse(nothing);
            if (isIn(there, list, added)) {
                return;
            }
            var all = new ArrayList<>(there.descriptors(list));
            all.add(added);
            registry.putManifest(tag, there.with(list, all));
        }
        if (registry.manifest(tag).filter(there -> isIn(there, list, added)).isEmpty()) {
            throw new UnavailableException("others write the tag %s all the time".formatted(tag));
        }
    }

    private static boolean isIn(Manifest manifest, String list, Descriptor wanted) {
        return manifest.descriptors(list).stream()
                .anyMatch(one -> one.digest().equals(wanted.digest())
                        && one.annotation(SIGNATURE).equals(wanted.annotation(SIGNATURE)));
    }
}
