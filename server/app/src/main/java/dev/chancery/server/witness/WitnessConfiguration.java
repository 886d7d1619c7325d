// SPDX-License-Identifier: Apache-2.0
package dev.chancery.server.witness;

import dev.chancery.core.Bytes;
import dev.chancery.core.MalformedException;
import dev.chancery.json.Json;
import dev.chancery.json.JsonObject;
import dev.chancery.note.KeyName;
import dev.chancery.note.KeyType;
import dev.chancery.note.VerifierKey;
import dev.chancery.server.listener.HttpPlan;
import dev.chancery.server.tls.TlsPlan;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;

/// What a witness's one configuration file says. See the package comment.
public record WitnessConfiguration(KeyName name, Front front, Kept kept, List<VerifierKey> logs) {
    /// Verifier keys: each log costs some hundred bytes of memory and a file.
    public static final int LOGS_MAX = 1_000;

    /// The port, and what it speaks.
    ///
    /// @param tls empty for plain HTTP, which is for loopback only
    public record Front(HttpPlan http, Optional<TlsPlan> tls) {}

    /// What has to last: the key, a file, and the state, a directory.
    public record Kept(Path key, Path state) {}

    public WitnessConfiguration {
        logs = List.copyOf(logs);
        var seen = new HashSet<Bytes>();
        for (var log : logs) {
            if (log.type() != KeyType.ED25519) {
                throw MalformedException.value("log", log.toString(), "has a witness's key, not a log's");
            }
            if (!seen.add(log.publicKey())) {
                throw MalformedException.value("log", log.toString(), "has a public key that stands there already");
            }
        }
    }

    /// The same on another port; 0 takes a free one.
    public WitnessConfiguration onPort(int port) {
        var http = new HttpPlan(front.http().host(), port, front.http().limits());
        return new WitnessConfiguration(name, new Front(http, front.tls()), kept, logs);
    }

    /// Reads the file's content; paths in it are relative to `directory`.
    public static WitnessConfiguration parse(Bytes file, Path directory) {
        return Json.parse(file, "configuration").object(object -> read(object, directory));
    }

    private static WitnessConfiguration read(JsonObject object, Path directory) {
        object.integer("version", 1, 1);
        var name = object.text("name", KeyName::new);
        var http = object.object("http", HttpPlan::read);
        var tls = object.optional("tls").map(value -> value.object(plan -> TlsPlan.read(plan, directory)));
        var key = object.optionalText("key", text -> path(text, directory)).orElse(directory.resolve("witness.pem"));
        var state = object.optionalText("state", text -> path(text, directory)).orElse(directory.resolve("state"));
        var logs = object.list("logs", 1, LOGS_MAX, log -> log.text(VerifierKey::parse));
        return object.check(() -> new WitnessConfiguration(name, new Front(http, tls), new Kept(key, state), logs));
    }

    private static Path path(String text, Path directory) {
        try {
            return directory.resolve(text).normalize();
        } catch (InvalidPathException e) {
            throw MalformedException.value("path", text, "is none");
        }
    }
}
