// SPDX-License-Identifier: Apache-2.0
package dev.chancery.server.api;

import dev.chancery.core.Authority;
import dev.chancery.core.Bytes;
import dev.chancery.core.DigestAlgorithm;
import dev.chancery.core.FormatName;
import dev.chancery.files.StockKeys;
import dev.chancery.formats.Formats;
import dev.chancery.json.Json;
import dev.chancery.json.JsonFields;
import dev.chancery.key.Key;
import dev.chancery.protocol.KeyJson;
import dev.chancery.server.http.Answer;
import dev.chancery.server.http.Method;
import dev.chancery.server.http.Request;
import dev.chancery.server.http.Route;
import dev.chancery.server.keyring.PublishedKeyring;
import dev.chancery.server.signing.Enclaves;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/// The public keys, for everybody: as they lie in a keyring of ours, and as each stock tool wants them.
final class KeyringApi {
    private static final String FILE_TYPE = "application/octet-stream";

    private final PublishedKeyring keyring;
    private final Formats formats;
    private final Enclaves enclaves;

    KeyringApi(ApiParts parts) {
        this.keyring = parts.keyring();
        this.formats = parts.formats();
        this.enclaves = parts.enclaves();
    }

    List<Route> routes() {
        return List.of(
                Route.of(Method.GET, "/v1/authorities", "authorities", this::authorities),
                Route.of(Method.GET, "/v1/authorities/{authority}", "authority", this::authority),
                Route.of(Method.GET, "/v1/keyring", "keyring", this::files),
                Route.of(Method.GET, "/v1/keyring/{file}", "keyring-file", this::file),
                Route.of(Method.GET, "/v1/keyring/for/{tool}/{file}", "keyring-tool-file", this::toolFile),
                Route.of(Method.GET, "/v1/keyring/for/{tool}", "keyring-tool", this::toolFiles));
    }

    private SortedMap<String, Bytes> all() {
        var files = new TreeMap<String, Bytes>();
        keyring.files()
                .forEach((format, ofFormat) ->
                        ofFormat.forEach((authority, file) -> files.put(name(authority, format), file)));
        return files;
    }

    private String name(Authority authority, FormatName format) {
        return authority + formats.get(format).description().publicKeys().suffix();
    }

    private Answer authorities(Request request) {
        var names = new TreeSet<Authority>();
        keyring.files().values().forEach(files -> names.addAll(files.keySet()));
        var json = names.stream().map(this::json).toList();
        return Cached.answer(
                Answer.json(200, new JsonFields().put("authorities", json).toJson()));
    }

    private Answer authority(Request request) {
        var name = request.path("authority", Authority::new);
        boolean there = keyring.files().values().stream().anyMatch(files -> files.containsKey(name));
        if (!there) {
            throw ArtifactApi.notFound();
        }
        return Cached.answer(Answer.json(200, json(name)));
    }

    private Json json(Authority authority) {
        var files = new ArrayList<Json>();
        keyring.files().forEach((format, ofFormat) -> {
            var file = ofFormat.get(authority);
            if (file != null) {
                files.add(file(name(authority, format), file, "/v1/keyring/")
                        .put("format", format.text())
                        .toJson());
            }
        });
        var keys = enclaves.keys().stream()
                .filter(key -> key.authority().equals(authority))
                .map(KeyringApi::json)
                .toList();
        return new JsonFields()
                .put("name", authority.name())
                .put("public_keys", files)
                .put("signing_keys", keys)
                .toJson();
    }

    /// A key that an enclave signs with now, and until when; so that a client knows what to measure and to
    /// expect.
    private static Json json(Key key) {
        return KeyJson.fields(key).put("key", key.id().hex()).toJson();
    }

    private static JsonFields file(String name, Bytes file, String folder) {
        return new JsonFields().put("file", name).put("href", folder + name).put("sha256", sha256(file));
    }

    private static String sha256(Bytes file) {
        return HexFormat.of().formatHex(Digests.of(DigestAlgorithm.SHA256, file).bytes());
    }

    private Answer files(Request request) {
        return index(all(), "/v1/keyring/");
    }

    private static Answer index(SortedMap<String, Bytes> files, String folder) {
        var json = new ArrayList<Json>();
        files.forEach((name, file) -> json.add(file(name, file, folder).toJson()));
        return Cached.answer(
                Answer.json(200, new JsonFields().put("files", json).toJson()));
    }

    private Answer file(Request request) {
        return file(all(), request.path("file"));
    }

    private static Answer file(SortedMap<String, Bytes> files, String name) {
        var file = files.get(name);
        if (file == null) {
            throw ArtifactApi.notFound();
        }
        return Cached.answer(Answer.bytes(200, FILE_TYPE, file));
    }

    private SortedMap<String, Bytes> forTool(Request request) {
        String tool = request.path("tool");
        if (!StockKeys.TOOLS.contains(tool)) {
            throw ArtifactApi.notFound();
        }
        return StockKeys.files(tool, keyring.files());
    }

    private Answer toolFiles(Request request) {
        return index(forTool(request), "/v1/keyring/for/%s/".formatted(request.path("tool")));
    }

    private Answer toolFile(Request request) {
        return file(forTool(request), request.path("file"));
    }
}
