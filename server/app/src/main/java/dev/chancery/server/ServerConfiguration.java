// SPDX-License-Identifier: Apache-2.0
package dev.chancery.server;

import dev.chancery.core.Bytes;
import dev.chancery.core.MalformedException;
import dev.chancery.json.Json;
import dev.chancery.json.JsonObject;
import dev.chancery.note.KeyName;
import dev.chancery.server.auth.AuthPlan;
import dev.chancery.server.cosigning.WitnessPlan;
import dev.chancery.server.listener.HttpPlan;
import dev.chancery.server.registry.RegistryPlan;
import dev.chancery.server.signing.Enclaves;
import dev.chancery.server.tls.TlsPlan;
import dev.chancery.store.StoreLocation;
import dev.chancery.store.request.Instance;
import java.net.URI;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// What a server's one configuration file says. See the package comment for the form.
///
/// @param policies the folder of the policies that can be asked for by name; empty for none
/// @param registry the packages that are handed out; empty for no registry
/// @param certifiers a public key file of those whose certifications of OpenPGP certificates are handed out
public record ServerConfiguration(
        Instance name,
        Front front,
        StoreLocation store,
        LogPlan log,
        List<Path> enclaves,
        Path keyring,
        Optional<Path> policies,
        Optional<Path> certifiers,
        Optional<RegistryPlan> registry) {
    /// The port, and what it speaks.
    ///
    /// @param tls empty for plain HTTP, which is for loopback only
    /// @param authentication who may ask, beside those who have a token
    public record Front(HttpPlan http, Optional<TlsPlan> tls, AuthPlan authentication) {}

    /// The log.
    ///
    /// @param origin the log's name, and that of its key
    /// @param url where its files are for the world; its host is the origin, then
    /// @param witnesses who cosigns its checkpoints
    public record LogPlan(KeyName origin, Optional<URI> url, Path key, Path tiles, Optional<WitnessPlan> witnesses) {}

    public ServerConfiguration {
        enclaves = List.copyOf(enclaves);
    }

    /// The same on another port; 0 takes a free one.
    public ServerConfiguration onPort(int port) {
        var http = new HttpPlan(front.http().host(), port, front.http().limits());
        return new ServerConfiguration(
                name,
                new Front(http, front.tls(), front.authentication()),
                store,
                log,
                enclaves,
                keyring,
                policies,
                certifiers,
                registry);
    }

    /// Reads the file's content; paths in it are relative to `directory`.
    public static ServerConfiguration parse(Bytes file, Path directory) {
        return Json.parse(file, "configuration").object(object -> read(object, directory));
    }

    private static ServerConfiguration read(JsonObject object, Path directory) {
        object.integer("version", 1, 1);
        var name = object.text("name", Instance::new);
        var http = object.object("http", HttpPlan::read);
        var tls = object.optional("tls").map(value -> value.object(TlsPlan::read));
        var authentication = object.optional("authentication")
                .map(value -> value.object(AuthPlan::read))
                .orElse(AuthPlan.TOKENS_ONLY);
        var store = object.object("store", value -> StoreJson.read(value, directory));
        var log = object.object("log", value -> readLog(value, directory));
        var enclaves =
                object.list("enclaves", 1, Enclaves.ENCLAVES_MAX, socket -> socket.text(text -> path(text, directory)));
        var keyring = object.text("keyring", text -> path(text, directory));
        var policies = object.optionalText("policies", text -> path(text, directory));
        var certifiers = object.optionalText("certifiers", text -> path(text, directory));
        var registry =
                object.optional("registry").map(value -> value.object(plan -> RegistryPlan.read(plan, directory)));
        return object.check(() -> new ServerConfiguration(
                name,
                new Front(http, tls, authentication),
                store,
                log,
                enclaves,
                keyring,
                policies,
                certifiers,
                registry));
    }

    private static LogPlan readLog(JsonObject log, Path directory) {
        Optional<Path> policy = log.optionalText("policy", text -> path(text, directory));
        Optional<Path> authorities = log.optionalText("witness_authorities", text -> path(text, directory));
        if (policy.isEmpty() && authorities.isPresent()) {
            throw log.malformed("has witness_authorities and no policy that names a witness");
        }
        return new LogPlan(
                log.text("origin", KeyName::new),
                log.optionalText("url", ServerConfiguration::uri),
                log.text("key", text -> path(text, directory)),
                log.text("tiles", text -> path(text, directory)),
                policy.map(file -> new WitnessPlan(file, authorities)));
    }

    private static URI uri(String text) {
        try {
            return URI.create(text);
        } catch (IllegalArgumentException e) {
            throw MalformedException.value("url", text, "is none");
        }
    }

    static Path path(String text, Path directory) {
        try {
            return directory.resolve(text).normalize();
        } catch (InvalidPathException e) {
            throw MalformedException.value("path", text, "is none");
        }
    }
}
