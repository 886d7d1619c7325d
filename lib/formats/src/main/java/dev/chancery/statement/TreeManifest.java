// SPDX-License-Identifier: Apache-2.0
package dev.chancery.statement;

import dev.chancery.core.Bytes;
import dev.chancery.core.Digest;
import dev.chancery.core.DigestAlgorithm;
import dev.chancery.core.MalformedException;
import dev.chancery.hashing.Tree;
import dev.chancery.json.Json;
import dev.chancery.json.JsonFields;
import dev.chancery.json.JsonObject;
import dev.chancery.json.JsonValue;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/// A directory in a statement: the predicate of OpenSSF model signing 1.0, as the package comment tells it.
///
/// `ignored` are the paths that its maker left out, with all that lies below them.
public record TreeManifest(Tree tree, List<String> ignored) {
    /// The predicate's type, which is a name and no address.
    public static final String PREDICATE_TYPE = "https://model_signing/signature/v1.0";

    private static final int IGNORED_MAX = 1_000;

    /// One that leaves nothing out.
    public static TreeManifest of(Tree tree) {
        return new TreeManifest(tree, List.of());
    }

    /// The statement about all files of the tree. The name is that of the directory.
    public Statement statement(String name) {
        var resources = new ArrayList<Json>();
        var all = new ByteArrayOutputStream();
        tree.forEach((path, digest) -> {
            all.writeBytes(digest.bytes());
            resources.add(new JsonFields()
                    .put("name", path)
                    .put("algorithm", digest.algorithm().label())
                    .put("digest", digest.hex())
                    .toJson());
        });
        var serialization = new JsonFields()
                .put("method", "files")
                .put("hash_type", "sha256")
                .put("allow_symlinks", false)
                .putTexts("ignore_paths", ignored);
        var predicate =
                new JsonFields().put("serialization", serialization.toJson()).put("resources", resources);
        return new Statement(List.of(new Subject(name, sha256(all.toByteArray()))), PREDICATE_TYPE, predicate.toJson());
    }

    static boolean isOne(Statement statement) {
        return statement.predicateType().equals(PREDICATE_TYPE);
    }

    /// Throws `MalformedException` when the subject's digest is not that of the resources, or a part is not known.
    static TreeManifest read(Statement statement) {
        var document = Bytes.of(statement.predicate().line().getBytes(StandardCharsets.UTF_8));
        var resources = new ArrayList<Resource>();
        List<String> ignored = Json.parse(document, "predicate", Statement.LIMITS)
                .object(predicate -> {
                    resources.addAll(predicate.list(
                            "resources", 1, Tree.FILES_MAX, value -> value.object(TreeManifest::resource)));
                    return predicate.object("serialization", TreeManifest::ignored);
                });
        var files = new TreeMap<String, Digest>();
        var all = new ByteArrayOutputStream();
        for (Resource resource : resources) {
            all.writeBytes(resource.digest().bytes());
            if (files.put(resource.name(), resource.digest()) != null) {
                throw MalformedException.value("resource", resource.name(), "stands in the manifest twice");
            }
        }
        var subjects = statement.subjects();
        if (subjects.size() != 1
                || !sha256(all.toByteArray())
                        .equals(subjects.getFirst().digests().get(DigestAlgorithm.SHA256))) {
            throw new MalformedException("the statement's subject is not the digest of its resources");
        }
        return new TreeManifest(Tree.of(files), ignored);
    }

    private record Resource(String name, Digest digest) {}

    private static Resource resource(JsonObject resource) {
        requireText(resource, "algorithm", "sha256");
        return new Resource(
                resource.text("name"), resource.text("digest", hex -> Digest.parse(DigestAlgorithm.SHA256, hex)));
    }

    private static List<String> ignored(JsonObject serialization) {
        requireText(serialization, "method", "files");
        requireText(serialization, "hash_type", "sha256");
        // A tree with links has what they lead to, which nobody here follows: it will not be found equal.
        serialization.bool("allow_symlinks");
        return serialization
                .optional("ignore_paths")
                .map(paths -> paths.list(0, IGNORED_MAX, JsonValue::text))
                .orElse(List.of());
    }

    private static void requireText(JsonObject object, String field, String text) {
        if (!object.text(field).equals(text)) {
            throw MalformedException.value("manifest's " + field, object.text(field), "is not " + text);
        }
    }

    private static Digest sha256(byte[] bytes) {
        try {
            return new Digest(
                    DigestAlgorithm.SHA256, MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
