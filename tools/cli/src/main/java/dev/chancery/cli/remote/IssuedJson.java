// SPDX-License-Identifier: Apache-2.0
package dev.chancery.cli.remote;

import dev.chancery.bundle.Bundle;
import dev.chancery.cli.receipts.LoggedSignature;
import dev.chancery.cli.signing.Signer;
import dev.chancery.core.Authority;
import dev.chancery.core.Bytes;
import dev.chancery.core.Digest;
import dev.chancery.core.DigestAlgorithm;
import dev.chancery.core.Encoding;
import dev.chancery.core.FormatName;
import dev.chancery.core.Signature;
import dev.chancery.formats.Formats;
import dev.chancery.json.Json;
import dev.chancery.json.JsonObject;
import dev.chancery.json.JsonValue;
import dev.chancery.key.KeyId;
import dev.chancery.log.Receipt;
import dev.chancery.protocol.SigningRequest;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/// Reads a signature with all that belongs to it, as an answer to the request that it has to fit.
record IssuedJson(SigningRequest request, Formats formats) {
    /// Artifacts of one signature: a statement names many.
    private static final int ARTIFACTS_MAX = 10_000;

    /// One result of a batch.
    Signer.Result readResult(JsonObject result) {
        var problem = result.optional("problem");
        if (problem.isPresent()) {
            if (problem.get().json() instanceof Json.Members members) {
                var document = ProblemDocument.of(members);
                return new Signer.Result.Failed(document.error(), document.hint());
            }
            throw problem.get().malformed("is not an object");
        }
        return read(result);
    }

    /// Throws `MalformedException`, and `RefusedException` when the receipt is another signature's.
    Signer.Result read(JsonObject issued) {
        issued.integer("index", 0, Json.INTEGER_MAX);
        issued.text("kind");
        var authority = issued.text("authority", Authority::new);
        var format = issued.text("format", FormatName::new);
        var encoding = issued.text("encoding", Encoding::parse);
        var key = issued.text("key", KeyId::new);
        issued.list("artifacts", 1, ARTIFACTS_MAX, artifact -> artifact.object(IssuedJson::readArtifact));
        issued.text("signed_at");
        issued.bool("repeated");
        issued.text("file");
        Bytes file = base64(issued.required("signature"));
        Optional<Bytes> bare = issued.optional("signature_without_log").map(IssuedJson::base64);
        var receipt = issued.text("receipt", text -> Receipt.parse(Bytes.of(text.getBytes(StandardCharsets.UTF_8))));
        if (!authority.equals(request.authority())
                || !format.equals(request.format())
                || encoding != request.encoding()) {
            throw issued.malformed("is a signature that nobody asked for");
        }
        bare.ifPresent(made -> requireSame(issued, file, made));
        var signature = new Signature(format, encoding, bare.orElse(file));
        var by = new LoggedSignature.By(authority, format, key);
        new LoggedSignature(signature.bytes(), by, artifact(), Optional.empty()).entry(receipt);
        return new Signer.Result.Done(signature, Optional.of(new Signer.Logged(file, receipt)));
    }

    private static String readArtifact(JsonObject artifact) {
        artifact.text("sha256");
        artifact.optional("sha512");
        artifact.optional("size");
        return artifact.text("name");
    }

    /// A log's proof is all that stands in the one file and not in the other.
    private static void requireSame(JsonObject issued, Bytes logged, Bytes bare) {
        boolean same = Bundle.read(logged)
                .map(bundle ->
                        new Bundle(bundle.hint(), bundle.content()).write().equals(bare))
                .orElse(false);
        if (!same) {
            throw issued.malformed("has two signatures");
        }
    }

    private Optional<Digest> artifact() {
        return switch (formats.get(request.format()).description().signs()) {
            case ARTIFACT, MANIFEST, TAG -> Optional.of(request.content().digest(DigestAlgorithm.SHA256));
            case STATEMENT -> Optional.empty();
        };
    }

    private static Bytes base64(JsonValue value) {
        try {
            return Bytes.of(Base64.getDecoder().decode(value.text()));
        } catch (IllegalArgumentException e) {
            throw value.malformed("is not base64");
        }
    }
}
