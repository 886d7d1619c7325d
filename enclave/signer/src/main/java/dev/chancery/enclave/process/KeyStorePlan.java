// SPDX-License-Identifier: Apache-2.0
package dev.chancery.enclave.process;

import dev.chancery.core.MalformedException;
import dev.chancery.enclave.sandbox.Confinement;
import dev.chancery.json.JsonObject;
import dev.chancery.keys.pkcs11.Pkcs11Keys;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// Where an enclave's keys are, as its configuration says: an entry of `keys`.
public sealed interface KeyStorePlan {
    /// Paths, ports and variables of one entry.
    int NEEDS_MAX = 64;

    /// Of key files, or of handles.
    Path directory();

    /// The text form of where the passphrase or PIN comes from; a path in it is absolute.
    String secret();

    /// What its keys need after the seal.
    Confinement.Exemption exemption();

    /// For people: where the keys are.
    String describe();

    /// What is read at the start.
    default List<Path> files() {
        var files = new ArrayList<Path>();
        files.add(directory());
        if (secret().startsWith(Reading.FILE)) {
            files.add(Path.of(secret().substring(Reading.FILE.length())));
        }
        return files;
    }

    /// Keys in files, which are in memory after the start.
    record Files(Path directory, String secret) implements KeyStorePlan {
        @Override
        public Confinement.Exemption exemption() {
            return Confinement.Exemption.NONE;
        }

        @Override
        public String describe() {
            return "in files of %s, passphrase from %s".formatted(directory, secret);
        }
    }

    /// Keys in a token. The exemption is for the module, whose own file is among those that may be read.
    record Token(Path directory, Pkcs11Keys.Place place, String secret, Confinement.Exemption exemption)
            implements KeyStorePlan {
        @Override
        public String describe() {
            var files = exemption.files();
            var connections = exemption.connections();
            var needs = new ArrayList<String>();
            needs.add("it may read " + joined(files.read()));
            if (!files.write().isEmpty()) {
                needs.add("write " + joined(files.write()));
            }
            if (connections.unixSockets()) {
                needs.add("connect to Unix sockets");
            }
            if (!connections.tcpPorts().isEmpty()) {
                needs.add("connect to TCP ports " + connections.tcpPorts());
            }
            return "in %s, handles in %s, PIN from %s; %s"
                    .formatted(place, directory, secret, String.join(", ", needs));
        }

        private static String joined(List<Path> paths) {
            return paths.stream().map(Path::toString).collect(Collectors.joining(" and "));
        }
    }

    /// Reads an entry; its paths are relative to `base`.
    static KeyStorePlan read(JsonObject store, Path base) {
        return new Reading(base).read(store);
    }

    /// "A crash of a vendor's library must not take other authorities down": what leaves the process, or
    /// brings foreign code into it, has the process for itself.
    static List<KeyStorePlan> requireApart(List<KeyStorePlan> plans) {
        boolean filesOnly = plans.stream().allMatch(Files.class::isInstance);
        if (!filesOnly && plans.size() > 1) {
            throw new MalformedException(
                    "keys: a token is not in one enclave with other keys; configure another enclave for it");
        }
        if (plans.stream().map(KeyStorePlan::directory).distinct().count() < plans.size()) {
            throw new MalformedException("keys: one directory is named twice");
        }
        return List.copyOf(plans);
    }

    /// The reader of entries.
    record Reading(Path base) {
        private static final String FILE = "file:";

        private KeyStorePlan read(JsonObject store) {
            String provider = store.text("provider");
            var directory = store.text("directory", this::path);
            return switch (provider) {
                case "file" -> new Files(directory, store.text("passphrase", this::secret));
                case "pkcs11" -> readToken(store, directory);
                default -> throw MalformedException.value("provider", provider, "is not file or pkcs11");
            };
        }

        private Token readToken(JsonObject store, Path directory) {
            var module = store.text("module", this::path);
            String label = store.text("token");
            var place = store.check(() -> new Pkcs11Keys.Place(module, label));
            String pin = store.text("pin", this::secret);
            var exemption = store.optional("module_needs")
                    .map(value -> value.object(needs -> readNeeds(needs, module)))
                    .orElseGet(() -> new Confinement.Exemption(
                            new Confinement.Later(List.of(module), List.of()), Confinement.Connections.NONE, Map.of()));
            return new Token(directory, place, pin, exemption);
        }

        private Confinement.Exemption readNeeds(JsonObject needs, Path module) {
            var read = new ArrayList<Path>();
            read.add(module);
            read.addAll(paths(needs, "read"));
            var files = new Confinement.Later(read, paths(needs, "write"));
            boolean unix = needs.optional("unix_sockets").isPresent() && needs.bool("unix_sockets");
            var ports = needs.optional("tcp_ports")
                    .map(value ->
                            value.list(1, NEEDS_MAX, port -> (int) port.integer(1, Confinement.Connections.PORT_MAX)))
                    .orElse(List.of());
            var variables = needs.optional("environment")
                    .map(value -> value.list(1, NEEDS_MAX, one -> one.text(Reading::variable)))
                    .orElse(List.of());
            return needs.check(() -> {
                var environment = new HashMap<String, String>();
                for (var variable : variables) {
                    if (environment.put(variable.getKey(), variable.getValue()) != null) {
                        throw MalformedException.value("variable", variable.getKey(), "is given twice");
                    }
                }
                return new Confinement.Exemption(
                        files, new Confinement.Connections(unix, new HashSet<>(ports)), environment);
            });
        }

        private List<Path> paths(JsonObject needs, String name) {
            return needs.optional(name)
                    .map(value -> value.list(1, NEEDS_MAX, path -> path.text(this::path)))
                    .orElse(List.of());
        }

        private static Map.Entry<String, String> variable(String text) {
            int equals = text.indexOf('=');
            if (equals < 1) {
                throw MalformedException.value("variable", text, "is not NAME=value");
            }
            return Map.entry(text.substring(0, equals), text.substring(equals + 1));
        }

        private String secret(String text) {
            return text.startsWith(FILE) ? FILE + path(text.substring(FILE.length())) : text;
        }

        Path path(String text) {
            try {
                return base.resolve(text).normalize();
            } catch (InvalidPathException e) {
                throw MalformedException.value("path", text, "is not one");
            }
        }
    }
}
