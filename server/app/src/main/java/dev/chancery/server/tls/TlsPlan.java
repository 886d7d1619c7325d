// SPDX-License-Identifier: Apache-2.0
package dev.chancery.server.tls;

import dev.chancery.core.MalformedException;
import dev.chancery.json.JsonObject;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// How the server proves who it is, and whose certificates clients may show.
///
/// @param files the chain and the key that somebody else made; empty for one of our own
/// @param names DNS names and addresses in a certificate of our own, besides those of this machine itself
/// @param clientAuthorities a PEM file of certificate authorities
public record TlsPlan(Optional<Files> files, List<String> names, Optional<Path> clientAuthorities) {
    /// Names in a certificate of our own.
    public static final int NAMES_MAX = 32;

    /// A certificate with what leads to its authority, and its key.
    public record Files(Path chain, Path key) {}

    /// A certificate of our own, and no clients with certificates.
    public static final TlsPlan OWN = new TlsPlan(Optional.empty(), List.of(), Optional.empty());

    public TlsPlan {
        names = List.copyOf(names);
        if (files.isPresent() && !names.isEmpty()) {
            throw new MalformedException("names are for a certificate of the server's own, not for one from a file");
        }
    }

    /// Reads a plan whose paths are absolute.
    public static TlsPlan read(JsonObject object) {
        return read(object, TlsPlan::absolute);
    }

    /// Reads a plan whose paths are relative to a directory.
    public static TlsPlan read(JsonObject object, Path directory) {
        return read(object, text -> directory.resolve(path(text)).normalize());
    }

    private static TlsPlan read(JsonObject object, Function<String, Path> path) {
        Optional<Path> chain = object.optionalText("certificate", path);
        Optional<Path> key = object.optionalText("key", path);
        if (chain.isPresent() != key.isPresent()) {
            throw object.malformed("has one of the fields certificate and key, not both or none");
        }
        List<String> names = object.optional("names")
                .map(value -> value.list(0, NAMES_MAX, name -> name.text(SelfMade::checkName)))
                .orElse(List.of());
        Optional<Path> authorities = object.optionalText("client_authorities", path);
        return object.check(() ->
                new TlsPlan(chain.map(file -> new Files(file, key.orElseThrow())), names, authorities));
    }

    private static Path absolute(String text) {
        Path path = path(text);
        if (!path.isAbsolute()) {
            throw MalformedException.value("file", text, "is not an absolute path");
        }
        return path;
    }

    private static Path path(String text) {
        try {
            return Path.of(text);
        } catch (InvalidPathException e) {
            throw MalformedException.value("file", text, "is no path");
        }
    }
}
