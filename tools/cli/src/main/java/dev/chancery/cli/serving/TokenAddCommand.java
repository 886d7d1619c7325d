// SPDX-License-Identifier: Apache-2.0
package dev.chancery.cli.serving;

import dev.chancery.cli.command.Command;
import dev.chancery.cli.command.ExitStatus;
import dev.chancery.cli.command.ExpiryOption;
import dev.chancery.cli.office.Office;
import dev.chancery.cli.office.RulesFile;
import dev.chancery.cli.terminal.Terminal;
import dev.chancery.cli.terminal.UsageException;
import dev.chancery.core.Artifact;
import dev.chancery.core.Authority;
import dev.chancery.core.Digest;
import dev.chancery.core.DigestAlgorithm;
import dev.chancery.core.Requester;
import dev.chancery.key.Key;
import dev.chancery.policy.NamePattern;
import dev.chancery.policy.SigningScope;
import dev.chancery.server.auth.ApiToken;
import dev.chancery.server.auth.Scopes;
import dev.chancery.store.token.Token;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/// `chancery token add`.
public final class TokenAddCommand extends Command {
    private final Supplier<String> name =
            argument("NAME", "Whose it is: requester token:NAME. Given once; never again after it was revoked.");
    private final Supplier<List<String>> authorities = options(
            "--as",
            "AUTHORITY",
            "Good for signatures, statements and tags of this authority; on the local office also a signing rule."
                    + " May be given several times.");
    private final Supplier<List<String>> scopes = options(
            "--scope",
            "SCOPE",
            "sign:AUTHORITY, attest:AUTHORITY, tag:AUTHORITY, publish:AUTHORITY, with * for all; submit, work,"
                    + " upload, read.");
    private final Supplier<Optional<String>> expires =
            option("--expires", "WHEN", "When it ends: 90d, 6m, a date (2028-06-30). Default: 90d.");
    private final Supplier<Optional<Path>> config =
            pathOption("--config", "FILE", "The server's configuration. Default: that of the local office.");

    public TokenAddCommand(Terminal terminal) {
        super(
                terminal,
                "Makes a token by which a program asks a server, and prints it: it is kept nowhere.",
                "",
                "A scope only says what the token is good for; what its requester may have signed, the enclave's"
                        + " signing rules say. An enclave reads its rules when it starts.");
        examples("  chancery token add jenkins --as build > jenkins-token");
    }

    @Override
    public Integer call() {
        var wanted = wantedScopes();
        var now = terminal().clock().instant();
        var end = ExpiryOption.parse(expires.get().orElse("90d"), now)
                .orElseThrow(() -> new UsageException("a token has to end some time"));
        var token = ApiToken.create(new SecureRandom());
        var kept = new Token(
                name.get(),
                new Digest(DigestAlgorithm.SHA256, token.hash().toArray()),
                new TreeSet<>(wanted.texts()),
                now,
                end,
                Optional.empty());
        var location = TokenStore.location(terminal(), config.get());
        try (var store = FirstToken.open(location)) {
            store.tokens().add(kept);
        }
        if (config.get().isEmpty()) {
            addRules();
        }
        terminal().out().println(token.secretText());
        return ExitStatus.DONE;
    }

    private Scopes wantedScopes() {
        var texts = new ArrayList<>(scopes.get());
        for (String authority : authorities.get()) {
            List.of("sign:", "attest:", "tag:").forEach(act -> texts.add(act + new Authority(authority)));
        }
        if (texts.isEmpty()) {
            throw new UsageException("a token has to be good for something: --as or --scope");
        }
        return Scopes.parse(texts.stream().distinct().toList());
    }

    /// The local office's enclave shall grant what the token is for.
    private void addRules() {
        var office = Office.of(terminal());
        var rules = RulesFile.of(office);
        for (String text : authorities.get()) {
            var authority = new Authority(text);
            var formats = office.keys().stream()
                    .filter(key -> key.authority().equals(authority))
                    .map(Key::format)
                    .collect(Collectors.toSet());
            if (!formats.isEmpty()) {
                var scope = new SigningScope(formats, List.of(new NamePattern("*")), Artifact.SIZE_BYTES_MAX);
                var who = List.of(new Requester("token:" + name.get()));
                rules.add("token-" + name.get(), new RulesFile.Permission(who, authority, scope));
                terminal()
                        .err()
                        .println("a signing rule for it is in rules.json; an enclave that runs has to be restarted");
            }
        }
    }
}
