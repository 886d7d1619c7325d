// SPDX-License-Identifier: Apache-2.0
package dev.chancery.cli.serving;

import dev.chancery.core.Digest;
import dev.chancery.core.DigestAlgorithm;
import dev.chancery.core.UnavailableException;
import dev.chancery.server.auth.ApiToken;
import dev.chancery.store.Store;
import dev.chancery.store.request.Instance;
import dev.chancery.store.token.Token;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// The token that comes with an office which `chancery serve` made: for trying, on this machine.
final class FirstToken {
    static final String NAME = "first";
    static final String REQUESTER = "token:" + NAME;

    /// Long enough to try, and not for ever.
    private static final Duration LIFE = Duration.ofDays(30);

    private FirstToken() {}

    static void make(ServerDirectory directory, Instant now) {
        var token = ApiToken.create(new SecureRandom());
        var kept = new Token(
                NAME,
                new Digest(DigestAlgorithm.SHA256, token.hash().toArray()),
                new TreeSet<>(List.of("sign:*", "attest:*", "tag:*", "submit", "work", "upload", "read")),
                now,
                now.plus(LIFE),
                Optional.empty());
        try (var store = open(directory.configuration().store())) {
            store.tokens().add(kept);
        }
        write(directory.firstTokenFile(), token.secretText() + "\n");
    }

    /// For a moment, beside a server that may run.
    static Store open(dev.chancery.store.StoreLocation location) {
        InstantSource clock = Clock.systemUTC();
        return Store.open(location, new Instance("command-line"), clock);
    }

    private static void write(Path file, String text) {
        var own = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
        var options = Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        try (var channel = Files.newByteChannel(file, options, own)) {
            channel.write(StandardCharsets.US_ASCII.encode(text));
        } catch (IOException e) {
            throw new UnavailableException("token file %s cannot be written".formatted(file), e);
        }
    }
}
