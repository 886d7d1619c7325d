// SPDX-License-Identifier: Apache-2.0
package dev.chancery.cli.authorities;

import dev.chancery.cli.command.Command;
import dev.chancery.cli.command.ExitStatus;
import dev.chancery.cli.command.ExpiryOption;
import dev.chancery.cli.files.OutputFiles;
import dev.chancery.cli.office.Candidates;
import dev.chancery.cli.office.Office;
import dev.chancery.cli.office.OfficeConfiguration;
import dev.chancery.cli.office.RulesFile;
import dev.chancery.cli.terminal.Terminal;
import dev.chancery.cli.terminal.UsageException;
import dev.chancery.core.Artifact;
import dev.chancery.core.Authority;
import dev.chancery.core.Bytes;
import dev.chancery.core.FormatName;
import dev.chancery.core.MalformedException;
import dev.chancery.core.RefusedException;
import dev.chancery.core.Requester;
import dev.chancery.enclave.KeyBirth;
import dev.chancery.format.FormatDescription;
import dev.chancery.key.Key;
import dev.chancery.key.KeyAlgorithm;
import dev.chancery.key.Namespace;
import dev.chancery.policy.Label;
import dev.chancery.policy.NamePattern;
import dev.chancery.policy.SigningScope;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/// `chancery authority add`.
public final class AuthorityAddCommand extends Command {
    /// What most people can verify without installing anything.
    private static final List<String> DEFAULT_FORMATS = List.of("openpgp", "raw");

    private final Supplier<String> name = argument("NAME", "Lower-case letters, digits, '-' and '.'; at most 64.");
    private final Supplier<List<String>> formats = options(
            "--format",
            "FORMAT",
            new Candidates.FormatNames(),
            "One of ${COMPLETION-CANDIDATES}. Default: openpgp and raw. May be given several times.");
    private final Supplier<Optional<String>> algorithm = option(
            "--algorithm",
            "ALGORITHM",
            new Candidates.Algorithms(),
            "One of ${COMPLETION-CANDIDATES}. Default: the first that docs/formats.md names for the format.");
    private final Supplier<Optional<String>> expires = option(
            "--expires",
            "WHEN",
            "When the signing keys stop signing: 18m, 2y, a date (2028-06-30) or never. Default: 2y.");
    private final Supplier<Optional<String>> userId = option(
            "--user-id",
            "TEXT",
            "The user ID of the OpenPGP certificate: 'Jenkins <ci@example.org>'. Default: the name.");
    private final Supplier<Optional<String>> namespace = option(
            "--namespace",
            "NAME",
            "What all its SSH signatures are for, as ssh-keygen -n names it: file, git, email. Default: file.");
    private final Supplier<List<String>> requesters = options(
            "--requester",
            "WHO",
            "Who may ask it for signatures: local:USER. Default: you. May be given several times.");
    private final Supplier<List<String>> artifacts = options(
            "--artifacts", "PATTERN", "Names that it signs, with * and ?. Default: all. May be given several times.");
    private final Supplier<Optional<String>> provider = option(
            "--provider",
            "NAME",
            "The key provider that makes and holds the signing keys: see 'chancery provider list'. Default: file.");
    private final Supplier<Boolean> json = flag("--json", "Answer in JSON.");

    public AuthorityAddCommand(Terminal terminal) {
        super(
                terminal,
                "Makes an authority: a key for each format, its public key in the keyring, and a signing rule for"
                        + " its requesters.");
    }

    @Override
    public Integer call() {
        var office = Office.of(terminal());
        var authority = new Authority(name.get());
        List<FormatDescription> wanted = wanted(office);
        requireAbsent(office, authority, wanted);
        requireOneProvider(office, authority, wanted);
        requireUseOfNamespace(office, wanted);
        var wishes =
                wanted.stream().map(format -> wish(office, format, authority)).toList();
        var births = office.keyBirth(provider.get().map(Label::new));
        addRule(office, authority, wanted);
        var keys = new ArrayList<Key>();
        for (var wish : wishes) {
            var born = births.make(authority, wish);
            publish(office, born);
            keys.add(born.key());
        }
        answer(office, authority, keys);
        return ExitStatus.DONE;
    }

    private List<FormatDescription> wanted(Office office) {
        var names = formats.get().isEmpty() ? DEFAULT_FORMATS : formats.get();
        return names.stream()
                .distinct()
                .map(name -> office.formats().get(new FormatName(name)).description())
                .toList();
    }

    /// A second key of a format is a rotation, which has its own commands; a name that is a format's would make
    /// `F.raw.sig` ambiguous.
    private static void requireAbsent(Office office, Authority authority, List<FormatDescription> wanted) {
        for (var format : office.formats().list()) {
            if (format.description().name().text().equals(authority.name())) {
                throw MalformedException.value("authority", authority.name(), "is the name of a format");
            }
        }
        for (var key : office.keys()) {
            boolean wantedAgain =
                    wanted.stream().anyMatch(format -> format.name().equals(key.format()));
            if (key.authority().equals(authority)
                    && wantedAgain
                    && office.keyring().publishes(key)) {
                throw new RefusedException(
                        "key-exists", "authority %s has a key for %s already".formatted(authority, key.format()));
            }
        }
    }

    /// What an interrupted run left in one provider is not made once more in another.
    private void requireOneProvider(Office office, Authority authority, List<FormatDescription> wanted) {
        var name = provider.get().map(Label::new).orElse(OfficeConfiguration.FILE);
        for (var key : office.keys()) {
            boolean wantedAgain =
                    wanted.stream().anyMatch(format -> format.name().equals(key.format()));
            if (key.authority().equals(authority)
                    && wantedAgain
                    && !office.providers().nameOf(key).equals(name)) {
                throw new RefusedException(
                        "key-exists",
                        "authority %s has a key for %s in provider %s already"
                                .formatted(
                                        authority,
                                        key.format(),
                                        office.providers().nameOf(key)));
            }
        }
    }

    private KeyBirth.Wish wish(Office office, FormatDescription format, Authority authority) {
        var chosen = algorithm.get().map(KeyAlgorithm::parse).orElse(format.defaultAlgorithm());
        format.requireAlgorithm(chosen);
        return new KeyBirth.Wish(
                format.name(),
                chosen,
                ExpiryOption.parse(
                        expires.get().orElse("2y"), terminal().clock().instant()),
                userId.get().orElse(authority.name()),
                hasNamespaces(office, format) ? namespace.get().map(Namespace::new) : Optional.empty());
    }

    private void requireUseOfNamespace(Office office, List<FormatDescription> wanted) {
        if (namespace.get().isPresent() && wanted.stream().noneMatch(format -> hasNamespaces(office, format))) {
            throw new UsageException("--namespace is for a format with namespaces, and none was asked for");
        }
    }

    private static boolean hasNamespaces(Office office, FormatDescription format) {
        return office.formats().get(format.name()).signing().defaultNamespace().isPresent();
    }

    private void addRule(Office office, Authority authority, List<FormatDescription> wanted) {
        var scope = new SigningScope(
                new LinkedHashSet<>(wanted.stream().map(FormatDescription::name).toList()),
                artifacts.get().isEmpty()
                        ? List.of(new NamePattern("*"))
                        : artifacts.get().stream().map(NamePattern::new).toList(),
                Artifact.SIZE_BYTES_MAX);
        var who = requesters.get().isEmpty()
                ? List.of(office.requester())
                : requesters.get().stream().map(Requester::new).toList();
        RulesFile.of(office).add(authority.name(), new RulesFile.Permission(who, authority, scope));
    }

    /// The commit point of a birth: from here on the key is one of the authority's.
    private static void publish(Office office, KeyBirth.Born born) {
        replace(office.keyring().file(born.key().authority(), born.key().format()), born.publicKeyFile());
    }

    private static void replace(Path file, Bytes content) {
        var files = new OutputFiles(true);
        files.write(file, content);
        files.commit();
    }

    private void answer(Office office, Authority authority, List<Key> keys) {
        if (json.get()) {
            terminal().out().print(AuthorityListCommand.json(office, keys).pretty());
            return;
        }
        terminal().out().println("authority %s".formatted(authority));
        for (Key key : keys) {
            terminal()
                    .out()
                    .println("  %-9s %-11s %s"
                            .formatted(
                                    key.format(),
                                    AuthorityListCommand.algorithm(key),
                                    office.keyring().file(authority, key.format())));
        }
    }
}
