// SPDX-License-Identifier: Apache-2.0
package dev.chancery.server.verification;

import dev.chancery.core.ArtifactName;
import dev.chancery.core.Digest;
import dev.chancery.core.MalformedException;
import dev.chancery.json.Json;
import dev.chancery.json.JsonFields;
import dev.chancery.policy.Judgement;
import dev.chancery.statement.Statement;
import dev.chancery.statement.Subject;
import dev.chancery.store.ledger.Entry;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.List;

/// What is said of a verification to those who do not verify themselves (SLSA Verification Summary
/// Attestation).
///
/// `verifiedLevels` has one value of our own, because no SLSA level was evaluated: [#PASSED_LEVEL], or `FAILED`
/// as the standard has it.
public record Summary(NamedPolicy policy, Digest sha256, Judgement judgement, Circumstances circumstances) {
    /// Kind of predicate.
    public static final String PREDICATE_TYPE = "https://slsa.dev/verification_summary/v1";
    /// Says that the policy is fulfilled. Values of others must not begin with `SLSA_`.
    static final String PASSED_LEVEL = "CHANCERY_POLICY_PASSED";
    /// Characters of the URI of a resource.
    public static final int RESOURCE_CHARACTERS_MAX = 2_048;

    private static final String FAILED = "FAILED";
    /// The version of SLSA whose page we followed.
    private static final String SLSA_VERSION = "1.1";

    /// What does not follow from policy and artifact.
    ///
    /// @param verifier the URI of who verified
    /// @param time when
    /// @param resource what the artifact is where it is used: a package URL, for example
    /// @param inputs the entries of the log that counted
    public record Circumstances(String verifier, Instant time, URI resource, Collection<Entry> inputs) {
        public Circumstances {
            inputs = List.copyOf(inputs);
        }
    }

    /// The URI of a resource that an asker names: absolute, visible ASCII.
    public static URI resource(String text) {
        if (text.length() > RESOURCE_CHARACTERS_MAX) {
            throw new MalformedException(
                    "resource URI has %d characters, more than %d".formatted(text.length(), RESOURCE_CHARACTERS_MAX));
        }
        try {
            var uri = new URI(text);
            if (uri.isAbsolute() && text.equals(uri.toASCIIString())) {
                return uri;
            }
        } catch (URISyntaxException e) {
            throw new MalformedException(noUri(text).sentence(), e);
        }
        throw noUri(text);
    }

    private static MalformedException noUri(String text) {
        return MalformedException.value("resource", text, "is not a URI with a scheme");
    }

    /// What it is called where nobody says it: a package URL of the type `generic`, which is nothing but a name
    /// and a digest.
    public static URI resource(ArtifactName name, Digest sha256) {
        var escaped = new StringBuilder("pkg:generic/");
        for (byte octet : name.text().getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (octet & 0xff);
            boolean plain = c < 0x80 && (Character.isLetterOrDigit(c) || "-._~".indexOf(c) >= 0);
            escaped.append(plain ? String.valueOf(c) : "%%%02X".formatted((int) c));
        }
        return URI.create(escaped.append("?checksum=").append(sha256).toString());
    }

    /// The statement, to be signed.
    public Statement statement() {
        return new Statement(List.of(new Subject(judgement.artifact().text(), sha256)), PREDICATE_TYPE, predicate());
    }

    private Json.Members predicate() {
        var of = new JsonFields()
                .put("uri", "urn:chancery:policy:" + policy.name())
                .put("digest", digest(policy.sha256()))
                .toJson();
        return new JsonFields()
                .put(
                        "verifier",
                        new JsonFields().put("id", circumstances.verifier()).toJson())
                .put(
                        "timeVerified",
                        circumstances.time().truncatedTo(ChronoUnit.SECONDS).toString())
                .put("resourceUri", circumstances.resource().toString())
                .put("policy", of)
                .put(
                        "inputAttestations",
                        circumstances.inputs().stream().map(Summary::input).toList())
                .put("verificationResult", judgement.accepted() ? "PASSED" : FAILED)
                .putTexts("verifiedLevels", List.of(judgement.accepted() ? PASSED_LEVEL : FAILED))
                .put("slsaVersion", SLSA_VERSION)
                .toJson();
    }

    /// The signature file as the enclave made it, without the log's proof.
    private static Json input(Entry entry) {
        return new JsonFields().put("digest", digest(entry.blob())).toJson();
    }

    private static Json digest(Digest digest) {
        return new JsonFields().put(digest.algorithm().label(), digest.hex()).toJson();
    }
}
