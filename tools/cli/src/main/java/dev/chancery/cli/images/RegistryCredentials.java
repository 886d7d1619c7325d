// SPDX-License-Identifier: Apache-2.0
package dev.chancery.cli.images;

import dev.chancery.cli.places.Netrc;
import dev.chancery.cli.terminal.Terminal;
import dev.chancery.core.MalformedException;
import dev.chancery.files.InputFiles;
import dev.chancery.json.Json;
import dev.chancery.json.JsonLimits;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/// Passwords for registries: of `docker login`, in `$DOCKER_CONFIG/config.json` or `~/.docker/config.json`, else of
/// netrc.
/// Programs that keep passwords for docker (`credsStore`) are not started.
final class RegistryCredentials {
    private static final int BYTES_MAX = 1 << 20;
    private static final Pattern BASE64 = Pattern.compile("[A-Za-z0-9+/]+=*");

    private final Terminal terminal;

    RegistryCredentials(Terminal terminal) {
        this.terminal = terminal;
    }

    RegistryLogin of(String registry) {
        return new RegistryLogin(docker(registry).or(() -> netrc(registry)));
    }

    private Optional<String> docker(String registry) {
        return directory()
                .map(directory -> directory.resolve("config.json"))
                .filter(Files::exists)
                .flatMap(file -> docker(file, registry));
    }

    private static Optional<String> docker(Path file, String registry) {
        var bytes = InputFiles.read("configuration of docker", file, BYTES_MAX);
        var json = Json.parse(bytes, "configuration of docker", JsonLimits.foreign(BYTES_MAX))
                .json();
        if (member(member(json, "auths"), registry) instanceof Json.Members entry
                && entry.fields().get("auth") instanceof Json.Text(String auth)
                && !auth.isEmpty()) {
            if (!BASE64.matcher(auth).matches()) {
                throw new MalformedException("the password for %s in %s is not base64".formatted(registry, file));
            }
            return Optional.of("Basic " + auth);
        }
        return Optional.empty();
    }

    private static Json member(Json json, String name) {
        var fields = json instanceof Json.Members members ? members.fields() : Map.<String, Json>of();
        return fields.getOrDefault(name, new Json.Null());
    }

    private Optional<Path> directory() {
        return variable("DOCKER_CONFIG").map(Path::of).or(() -> variable("HOME").map(home -> Path.of(home, ".docker")));
    }

    private Optional<String> netrc(String registry) {
        String host = registry.replaceAll(":[0-9]+$", "");
        return variable("NETRC")
                .map(Path::of)
                .or(() -> variable("HOME").map(home -> Path.of(home, ".netrc")).filter(Files::exists))
                .flatMap(file -> Netrc.authorization(file, host));
    }

    private Optional<String> variable(String name) {
        return Optional.ofNullable(terminal.environment().get(name)).filter(text -> !text.isEmpty());
    }
}
