// SPDX-License-Identifier: Apache-2.0
package dev.chancery.enclave.process;

import dev.chancery.core.MalformedException;
import dev.chancery.enclave.sandbox.Confinement;
import dev.chancery.json.JsonObject;
import dev.chancery.keys.handle.SecretSource;
import dev.chancery.keys.pkcs11.Pkcs11Keys;
import dev.chancery.keys.vault.VaultAddress;
import dev.chancery.keys.vault.VaultKeys;
import dev.chancery.keys.vault.VaultLogin;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/// Where an enclave's keys are, as its configuration says: an entry of `keys`.
public sealed interface KeyStorePlan {
    /// Paths, ports and variables of one entry.
    int NEEDS_MAX = 64;

    /// Of key files, or of handles.
    Path directory();

    /// What its keys need after the seal.
    Confinement.Exemption exemption();

    /// For people: where the keys are.
    String describe();

    /// What is read at the start.
    List<Path> files();

    /// Keys in files, which are in memory after the start.
    record Files(Path directory, Secret secret) implements KeyStorePlan {
        @Override
        public List<Path> files() {
            return secret.with(directory);
        }

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
    record Token(Path directory, Pkcs11Keys.Place place, Secret secret, Confinement.Exemption exemption)
            implements KeyStorePlan {
        @Override
        public List<Path> files() {
            return secret.with(directory);
        }

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

    /// Keys in Vault. The secrets of the login are as yet where it says.
    record Vault(Path directory, VaultKeys.Place place, Login login) implements KeyStorePlan {
        /// What tells where a host is, as far as a machine has it.
        private static final List<Path> NAME_SERVICE = List.of(
                Path.of("/etc/hosts"),
                Path.of("/etc/resolv.conf"),
                Path.of("/etc/gai.conf"),
                Path.of("/etc/host.conf"));

        /// How Vault is told who asks: the text form, which has one secret or none, and where AppRole is.
        record Login(String text, Optional<String> mount, Optional<Secret> secret) {
            VaultLogin with(Function<Secret, SecretSource> opened) {
                return VaultLogin.parse(text, mount, (name, source) -> opened.apply(new Secret(source)));
            }
        }

        @Override
        public List<Path> files() {
            var files = new ArrayList<>(
                    login.secret().map(secret -> secret.with(directory)).orElse(List.of(directory)));
            place.anchors().ifPresent(files::add);
            if (!(place.address() instanceof VaultAddress.Unix)) {
                NAME_SERVICE.stream().filter(java.nio.file.Files::exists).forEach(files::add);
            }
            return files;
        }

        /// One kind of connection; and handles and the secret are read again when Vault was away.
        @Override
        public Confinement.Exemption exemption() {
            var connections = switch (place.address()) {
                case VaultAddress.Unix socket -> new Confinement.Connections(true, Set.of());
                case VaultAddress.Tls tls -> new Confinement.Connections(false, Set.of(tls.port()));
                case VaultAddress.Loopback here -> new Confinement.Connections(false, Set.of(here.port()));
            };
            return new Confinement.Exemption(new Confinement.Later(files(), List.of()), connections, Map.of());
        }

        @Override
        public String describe() {
            return "in %s, handles in %s, login by %s".formatted(place, directory, login.text());
        }
    }

    /// The text form of where a passphrase, a PIN or a token comes from; a path in it is absolute.
    record Secret(String text) {
        private static final String FILE = "file:";

        /// The directory, and the file that holds the secret where one does.
        List<Path> with(Path directory) {
            return text.startsWith(FILE)
                    ? List.of(directory, Path.of(text.substring(FILE.length())))
                    : List.of(directory);
        }

        @Override
        public String toString() {
            return text;
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
                    "keys: a token or Vault is not in one enclave with other keys; configure another enclave for it");
        }
        if (plans.stream().map(KeyStorePlan::directory).distinct().count() < plans.size()) {
            throw new MalformedException("keys: one directory is named twice");
        }
        return List.copyOf(plans);
    }

    /// The reader of entries.
    record Reading(Path base) {
        private KeyStorePlan read(JsonObject store) {
            String provider = store.text("provider");
            var directory = store.text("directory", this::path);
            return switch (provider) {
                case "file" -> new Files(directory, store.text("passphrase", this::secret));
                case "pkcs11" -> readToken(store, directory);
                case "vault" -> readVault(store, directory);
                default -> throw MalformedException.value("provider", provider, "is not file, pkcs11 or vault");
            };
        }

        private Token readToken(JsonObject store, Path directory) {
            var module = store.text("module", this::path);
            String label = store.text("token");
            var place = store.check(() -> new Pkcs11Keys.Place(module, label));
            var pin = store.text("pin", this::secret);
            var exemption = store.optional("module_needs")
                    .map(value -> value.object(needs -> readNeeds(needs, module)))
                    .orElseGet(() -> new Confinement.Exemption(
                            new Confinement.Later(List.of(module), List.of()), Confinement.Connections.NONE, Map.of()));
            return new Token(directory, place, pin, exemption);
        }

        private Vault readVault(JsonObject store, Path directory) {
            var address = store.text("address", VaultAddress::parse);
            String mount = store.optionalText("mount", text -> text).orElse("transit");
            var namespace = store.optionalText("namespace", text -> text);
            var anchors = store.optionalText("ca", this::path);
            var place = store.check(() -> new VaultKeys.Place(address, mount, namespace, anchors));
            var loginMount = store.optionalText("login_mount", text -> text);
            return new Vault(directory, place, store.text("login", text -> login(text, loginMount)));
        }

        /// With paths that are absolute.
        private Vault.Login login(String text, Optional<String> mount) {
            var sources = new ArrayList<String>();
            VaultLogin.parse(text, mount, (name, source) -> {
                sources.add(source);
                return new SecretSource.OfFile(base);
            });
            // The source is the end of the text.
            String source = String.join("", sources);
            var secret = sources.stream().findFirst().map(this::secret);
            String start = text.substring(0, text.length() - source.length());
            return new Vault.Login(start + secret.map(Secret::text).orElse(""), mount, secret);
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

        private Secret secret(String text) {
            return new Secret(
                    text.startsWith(Secret.FILE) ? Secret.FILE + path(text.substring(Secret.FILE.length())) : text);
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
