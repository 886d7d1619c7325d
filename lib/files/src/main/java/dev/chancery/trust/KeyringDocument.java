// SPDX-License-Identifier: Apache-2.0
package dev.chancery.trust;

import dev.chancery.core.Bytes;
import dev.chancery.core.MalformedException;
import dev.chancery.json.Json;
import dev.chancery.json.JsonFields;
import dev.chancery.json.JsonLimits;
import dev.chancery.json.JsonObject;
import dev.chancery.policy.Requirement;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Base64;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/// A whole keyring, and who has to have signed it. See the package comment for the form.
///
/// @param serial greater than that of every document before
/// @param quorum a requirement in the form of the command line
/// @param files public key files by their names in a keyring's directory
public record KeyringDocument(long serial, Instant expires, String quorum, SortedMap<String, Bytes> files) {
    /// Bytes of the document.
    public static final int BYTES_MAX = 8 << 20;
    /// Files in it.
    public static final int FILES_MAX = 1_000;

    private static final int VERSION = 1;
    /// No step to another directory, and no hidden file.
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,127}");

    public KeyringDocument {
        if (serial < 1 || serial > Json.INTEGER_MAX) {
            throw new MalformedException("serial number %d is not 1 to %d".formatted(serial, Json.INTEGER_MAX));
        }
        Requirement.parse(quorum);
        if (files.isEmpty() || files.size() > FILES_MAX) {
            throw new MalformedException("%d files in one keyring are not 1 to %d".formatted(files.size(), FILES_MAX));
        }
        for (String name : files.keySet()) {
            if (!NAME.matcher(name).matches()) {
                throw MalformedException.value("file", name, "is no name of a public key file");
            }
        }
        files = Collections.unmodifiableSortedMap(new TreeMap<>(files));
    }

    public Requirement requirement() {
        return Requirement.parse(quorum);
    }

    public Bytes write() {
        var contents = new JsonFields();
        files.forEach((name, file) -> contents.put(name, Base64.getEncoder().encodeToString(file.toArray())));
        var document = new JsonFields()
                .put("version", VERSION)
                .put("serial", serial)
                .put("expires", expires.toString())
                .put("quorum", quorum)
                .put("files", contents.toJson())
                .toJson();
        var bytes = Bytes.of((document.line() + "\n").getBytes(StandardCharsets.UTF_8));
        requireSize(bytes);
        return bytes;
    }

    private static void requireSize(Bytes bytes) {
        if (bytes.length() > BYTES_MAX) {
            throw new MalformedException(
                    "keyring document has %d bytes, more than %d".formatted(bytes.length(), BYTES_MAX));
        }
    }

    public static KeyringDocument parse(Bytes bytes) {
        requireSize(bytes);
        return Json.parse(bytes, "keyring document", JsonLimits.foreign(BYTES_MAX))
                .object(KeyringDocument::read);
    }

    private static KeyringDocument read(JsonObject object) {
        object.integer("version", VERSION, VERSION);
        long serial = object.integer("serial", 1, Json.INTEGER_MAX);
        var expires = object.text("expires", KeyringDocument::time);
        String quorum = object.text("quorum");
        var files = files(object.required("files").json());
        return object.check(() -> new KeyringDocument(serial, expires, quorum, files));
    }

    private static Instant time(String text) {
        try {
            return Instant.parse(text);
        } catch (DateTimeException e) {
            throw MalformedException.value("time", text, "is not one of RFC 3339 in UTC, as 2026-03-01T00:00:00Z");
        }
    }

    private static SortedMap<String, Bytes> files(Json json) {
        var files = new TreeMap<String, Bytes>();
        if (!(json instanceof Json.Members members)) {
            throw new MalformedException("keyring document's files are no object");
        }
        members.fields().forEach((name, content) -> {
            if (!(content instanceof Json.Text(String base64))) {
                throw MalformedException.value("file", name, "is no text");
            }
            try {
                files.put(name, Bytes.of(Base64.getDecoder().decode(base64)));
            } catch (IllegalArgumentException e) {
                throw new MalformedException("file %s of the keyring document is not base64".formatted(name), e);
            }
        });
        return files;
    }
}
