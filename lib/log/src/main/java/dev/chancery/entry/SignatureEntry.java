// SPDX-License-Identifier: Apache-2.0
package dev.chancery.entry;

import dev.chancery.core.Artifact;
import dev.chancery.core.ArtifactName;
import dev.chancery.core.Authority;
import dev.chancery.core.Digest;
import dev.chancery.core.DigestAlgorithm;
import dev.chancery.core.Encoding;
import dev.chancery.core.FormatName;
import dev.chancery.core.MalformedException;
import dev.chancery.json.Json;
import dev.chancery.json.JsonFields;
import dev.chancery.json.JsonObject;
import dev.chancery.key.KeyId;
import java.time.Instant;
import java.util.Optional;

/// An authority signed an artifact.
///
/// @param signature the SHA-256 of the signature file, as it left the office
/// @param time of the signature, in whole seconds
public record SignatureEntry(Signed signed, By by, Digest signature, Instant time) implements LogEntry {
    static final String KIND = "https://chancery.dev/log/signature";

    private static final String VERSION = "1";

    /// What was signed.
    public record Signed(Artifact artifact, Digest sha256, Optional<Digest> sha512) {
        public Signed {
            require(sha256, DigestAlgorithm.SHA256);
            sha512.ifPresent(digest -> require(digest, DigestAlgorithm.SHA512));
        }
    }

    /// Who signed, and how.
    public record By(Authority authority, KeyId key, FormatName format, Encoding encoding) {}

    public SignatureEntry {
        require(signature, DigestAlgorithm.SHA256);
        LogEntry.checked(time);
    }

    static void require(Digest digest, DigestAlgorithm algorithm) {
        if (digest.algorithm() != algorithm) {
            throw new MalformedException("digest %s of a log entry is not of %s".formatted(digest, algorithm.label()));
        }
    }

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public String apiVersion() {
        return VERSION;
    }

    @Override
    public Json spec() {
        var artifact = new JsonFields()
                .put("name", signed.artifact().name().text())
                .put("sha256", signed.sha256().hex())
                .put("size", signed.artifact().size());
        signed.sha512().ifPresent(digest -> artifact.put("sha512", digest.hex()));
        return new JsonFields()
                .put("artifact", artifact.toJson())
                .put("authority", by.authority().name())
                .put("encoding", by.encoding().label())
                .put("format", by.format().text())
                .put("key", by.key().hex())
                .put("signature_sha256", signature.hex())
                .put("signed_at", time.getEpochSecond())
                .toJson();
    }

    static SignatureEntry read(JsonObject spec) {
        var by = new By(
                spec.text("authority", Authority::new),
                spec.text("key", KeyId::new),
                spec.text("format", FormatName::new),
                spec.text("encoding", Encoding::parse));
        return new SignatureEntry(
                spec.object("artifact", SignatureEntry::readSigned),
                by,
                spec.text("signature_sha256", SignatureEntry::sha256),
                LogEntry.time(spec, "signed_at"));
    }

    private static Signed readSigned(JsonObject artifact) {
        return new Signed(
                new Artifact(
                        artifact.text("name", ArtifactName::new), artifact.integer("size", 0, Artifact.SIZE_BYTES_MAX)),
                artifact.text("sha256", SignatureEntry::sha256),
                artifact.optionalText("sha512", hex -> Digest.parse(DigestAlgorithm.SHA512, hex)));
    }

    static Digest sha256(String hex) {
        return Digest.parse(DigestAlgorithm.SHA256, hex);
    }
}
