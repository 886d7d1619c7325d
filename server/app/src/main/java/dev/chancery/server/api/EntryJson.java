// SPDX-License-Identifier: Apache-2.0
package dev.chancery.server.api;

import dev.chancery.core.Authority;
import dev.chancery.core.Bytes;
import dev.chancery.core.ChanceryException;
import dev.chancery.core.Encoding;
import dev.chancery.core.MalformedException;
import dev.chancery.core.RefusedException;
import dev.chancery.core.UnavailableException;
import dev.chancery.files.SignatureFiles;
import dev.chancery.formats.Formats;
import dev.chancery.json.Json;
import dev.chancery.json.JsonFields;
import dev.chancery.note.VerifierKey;
import dev.chancery.server.http.Problem;
import dev.chancery.server.http.ProblemType;
import dev.chancery.server.signing.Issued;
import dev.chancery.store.ledger.EntryFacts;
import dev.chancery.store.ledger.Subject;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/// Entries of the log as JSON.
final class EntryJson {
    private final Formats formats;
    private final VerifierKey log;

    EntryJson(Formats formats, VerifierKey log) {
        this.formats = formats;
        this.log = log;
    }

    VerifierKey log() {
        return log;
    }

    /// A signature with all that belongs to it.
    Json issued(Issued issued) {
        return fields(issued).toJson();
    }

    private JsonFields fields(Issued issued) {
        var fields = facts(issued.index(), issued.facts(), issued.subjects());
        Bytes logged = issued.logged(log);
        fields.put("repeated", issued.repeated()).put("file", fileName(issued)).put("signature", base64(logged));
        if (!logged.equals(issued.signature())) {
            fields.put("signature_without_log", base64(issued.signature()));
        }
        return fields.put("receipt", new String(issued.receipt().write().toArray(), StandardCharsets.UTF_8));
    }

    /// What an entry says, without its signature.
    static JsonFields facts(long index, EntryFacts facts, List<Subject> subjects) {
        var fields =
                new JsonFields().put("index", index).put("kind", facts.kind().label());
        facts.authority().ifPresent(authority -> fields.put("authority", authority.name()));
        facts.format().ifPresent(format -> fields.put("format", format.text()));
        facts.encoding().ifPresent(encoding -> fields.put("encoding", encoding.label()));
        facts.key().ifPresent(key -> fields.put("key", key.hex()));
        return fields.put("artifacts", subjects.stream().map(EntryJson::subject).toList())
                .put("signed_at", facts.made().toString());
    }

    private static Json subject(Subject subject) {
        var fields = new JsonFields()
                .put("name", subject.name().text())
                .put("sha256", subject.sha256().hex());
        subject.sha512().ifPresent(digest -> fields.put("sha512", digest.hex()));
        subject.size().ifPresent(size -> fields.put("size", size));
        return fields.toJson();
    }

    /// What the signature's file is called beside the artifact.
    String fileName(Issued issued) {
        var facts = issued.facts();
        var description = formats.get(facts.format().orElseThrow()).description();
        String suffix = description.suffix(facts.encoding().orElse(description.defaultEncoding()));
        Optional<Authority> authority = suffix.startsWith(".intoto") ? facts.authority() : Optional.empty();
        return SignatureFiles.name(issued.subjects().getFirst().name().text(), authority, suffix);
    }

    /// Media types that tools know; octets for all others.
    static String mediaType(EntryFacts facts) {
        String format = facts.format().map(Object::toString).orElse("");
        boolean armored =
                facts.encoding().filter(encoding -> encoding == Encoding.ARMOR).isPresent();
        return switch (format) {
            case "openpgp" -> "application/pgp-signature";
            case "cms" -> "application/pkcs7-signature";
            case "notation" -> "application/jose+json";
            case "sigstore", "statement" -> "application/vnd.dev.sigstore.bundle.v0.3+json";
            default -> armored ? "text/plain; charset=utf-8" : "application/octet-stream";
        };
    }

    static String base64(Bytes bytes) {
        return Base64.getEncoder().encodeToString(bytes.toArray());
    }

    /// One of the office's errors within an answer that has others, too: the members of a problem document.
    static Json problem(ChanceryException error) {
        var problem = Problem.of(error, true);
        ProblemType type = problem.type();
        var fields = new JsonFields()
                .put("type", type.uri())
                .put("title", type.title())
                .put("status", type.status())
                .put("detail", problem.detail());
        switch (error) {
            case MalformedException malformed -> {
                // Nothing more is known.
            }
            case RefusedException refused -> fields.put("rule", refused.rule());
            case UnavailableException unavailable ->
                unavailable.retryAfter().ifPresent(wait -> fields.put("retry_after", wait.toSeconds()));
        }
        return new JsonFields().put("problem", fields.toJson()).toJson();
    }
}
