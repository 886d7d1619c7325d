// SPDX-License-Identifier: Apache-2.0
package dev.chancery.cli.images;

import dev.chancery.cli.terminal.UsageException;
import dev.chancery.core.ArtifactName;
import dev.chancery.core.Quoted;
import java.util.Optional;
import java.util.regex.Pattern;

/// `REGISTRY/REPOSITORY:TAG`, `REGISTRY/REPOSITORY@sha256:HEX`, or both (OCI distribution 1.1, "Pulling manifests").
///
/// @param registry a host, perhaps with a port; never left out
record ImageReference(String registry, String repository, Optional<String> tag, Optional<String> digest) {
    static final Pattern DIGEST = Pattern.compile("sha256:[0-9a-f]{64}");

    private static final int REPOSITORY_CHARACTERS_MAX = 255;
    private static final Pattern HOST =
            Pattern.compile("(localhost|\\[[0-9a-f:]+]|[A-Za-z0-9-]+(\\.[A-Za-z0-9-]+)*)(:[0-9]{1,5})?");
    private static final Pattern REPOSITORY =
            Pattern.compile("[a-z0-9]+((\\.|_|__|-+)[a-z0-9]+)*(/[a-z0-9]+((\\.|_|__|-+)[a-z0-9]+)*)*");
    private static final Pattern TAG = Pattern.compile("[a-zA-Z0-9_][a-zA-Z0-9._-]{0,127}");

    static ImageReference parse(String text) {
        int at = text.indexOf('@');
        String named = at < 0 ? text : text.substring(0, at);
        int slash = named.indexOf('/');
        int colon = named.indexOf(':', Math.max(slash, 0));
        Optional<String> digest = at < 0 ? Optional.empty() : Optional.of(text.substring(at + 1));
        Optional<String> tag = colon < 0 ? Optional.empty() : Optional.of(named.substring(colon + 1));
        String host = slash < 0 ? "" : named.substring(0, slash);
        String repository = slash < 0 ? "" : named.substring(slash + 1, colon < 0 ? named.length() : colon);
        boolean wellFormed = HOST.matcher(host).matches()
                && (host.contains(".") || host.contains(":") || host.equals("localhost"))
                && repository.length() <= REPOSITORY_CHARACTERS_MAX
                && REPOSITORY.matcher(repository).matches()
                && tag.filter(word -> !TAG.matcher(word).matches()).isEmpty()
                && digest.filter(word -> !DIGEST.matcher(word).matches()).isEmpty()
                && (tag.isPresent() || digest.isPresent());
        if (!wellFormed) {
            throw new UsageException(
                    "%s is not REGISTRY/REPOSITORY:TAG or REGISTRY/REPOSITORY@sha256:HEX".formatted(Quoted.text(text)));
        }
        return new ImageReference(host, repository, tag, digest);
    }

    /// Registries of this machine are asked without TLS, as other tools do it.
    boolean isLocal() {
        return registry.matches("(localhost|127(\\.[0-9]{1,3}){3}|\\[::1])(:[0-9]+)?");
    }

    /// The digest, which is not to be mistaken; else the tag.
    String manifest() {
        return digest.orElseGet(() -> tag.orElseThrow());
    }

    /// By which signing rules know it: the last part of the repository's name.
    ArtifactName name() {
        return new ArtifactName(repository.substring(repository.lastIndexOf('/') + 1));
    }

    String at(String manifestDigest) {
        return "%s/%s@%s".formatted(registry, repository, manifestDigest);
    }
}
