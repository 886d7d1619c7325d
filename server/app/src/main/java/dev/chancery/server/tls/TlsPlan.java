// SPDX-License-Identifier: Apache-2.0
package dev.chancery.server.tls;

import dev.chancery.core.MalformedException;
import dev.chancery.json.JsonObject;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

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

    public static TlsPlan read(JsonObject object) {
        Optional<Path> chain = object.optionalText("certificate", TlsPlan::path);
        Optional<Path> key = object.optionalText("key", TlsPlan::path);
        if (chain.isPresent() != key.isPresent()) {
            throw object.malformed("has one of the fields certificate and key, not both or none");
        }
        List<String> names = object.optional("names")
                .map(value -> value.list(0, NAMES_MAX, name -> name.text(SelfMade::checkName)))
                .orElse(List.of());
        Optional<Path> authorities = object.optionalText("client_authorities", TlsPlan::path);
        return object.check(() ->
                new TlsPlan(chain.map(file -> new Files(file, key.orElseThrow())), names, authorities));
    }

    private static Path path(String text) {
        Path path = Path.of(text);
        if (!path.isAbsolute()) {
            throw MalformedException.value("file", text, "is not an absolute path");
        }
        return path;
    }
}
