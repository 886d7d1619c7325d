// SPDX-License-Identifier: Apache-2.0
package dev.chancery.cli.office;

import dev.chancery.cli.terminal.HintedException;
import dev.chancery.cli.terminal.Terminal;
import dev.chancery.core.Authority;
import dev.chancery.core.FormatName;
import dev.chancery.core.RefusedException;
import dev.chancery.core.Requester;
import dev.chancery.core.UnavailableException;
import dev.chancery.enclave.ActiveKeys;
import dev.chancery.enclave.Engine;
import dev.chancery.enclave.KeyBirth;
import dev.chancery.enclave.KeyCertification;
import dev.chancery.enclave.Recorder;
import dev.chancery.enclave.audit.AuditFile;
import dev.chancery.enclave.libraries.Wiring;
import dev.chancery.files.InputFiles;
import dev.chancery.files.KeyringDirectory;
import dev.chancery.formats.Formats;
import dev.chancery.hashing.Hashes;
import dev.chancery.json.Json;
import dev.chancery.key.CertificateChain;
import dev.chancery.key.Key;
import dev.chancery.key.KeyProvider;
import dev.chancery.key.KeyPurpose;
import dev.chancery.keys.file.FileKeys;
import dev.chancery.keys.handle.KeyMaker;
import dev.chancery.policy.Label;
import dev.chancery.policy.SigningRules;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;

/// The local office: a directory with keys, public keys and rules, whose engine runs in this process.
///
/// | name | what | may it be lost? | who changes it can |
/// |---|---|---|---|
/// | `office.json` | where the passphrase comes from, key providers | make it again | run a module's code, see PINs |
/// | `rules.json` | who may have what signed | make it again | let requesters sign more |
/// | `keys/` | signing keys, encrypted | no: keep a copy | destroy keys; not use or rebind them |
/// | `tokens/` | handles of keys in tokens and Vaults, since the first provider | no: keep a copy | make signing fail |
/// | `primary/` | certify-only keys, encrypted, or handles of those in tokens; may go offline | no: keep a copy | as
/// above |
/// | `keyring/` | public keys | made from nothing else: keep a copy | decide who is trusted by who verifies with it |
/// | `life/` | cycles, certificates, administrators, since `key create` | no: keep a copy | make signing fail, or go on
/// |
/// | `escrow/` | sealed revocation certificates; belong elsewhere | no: keep copies | with their passphrase: revoke |
/// | `escrow-passphrase` | when `key create` made one; belongs elsewhere | no | with `escrow/`: revoke |
/// | `tags/` | signed tags, made with the first one | no: keep a copy | remove tags, put back older ones of a name |
/// | `audit.jsonl` | what was decided, there since the first signature | no: keep a copy | hide the last decisions |
/// | `passphrase` | when `init` made one | no | with `keys/`: sign as everyone |
public final class Office {
    private static final int FILE_BYTES_MAX = Json.DOCUMENT_BYTES_MAX;

    private final Terminal terminal;
    private final Path home;
    private final Wiring wiring;

    private Office(Terminal terminal, Path home, Wiring wiring) {
        this.terminal = terminal;
        this.home = home;
        this.wiring = wiring;
    }

    /// The office of the environment: `CHANCERY_HOME`, else `~/.chancery`. It need not be there yet.
    public static Office of(Terminal terminal) {
        return of(terminal, 1);
    }

    /// The same, made ready for so many signatures.
    public static Office of(Terminal terminal, int signatures) {
        var wiring = Wiring.forSignatures(signatures);
        String home = terminal.environment().get("CHANCERY_HOME");
        if (home != null && !home.isEmpty()) {
            return new Office(terminal, Path.of(home).toAbsolutePath(), wiring);
        }
        String user = terminal.environment().get("HOME");
        if (user == null || user.isEmpty()) {
            throw new HintedException(
                    new UnavailableException("neither CHANCERY_HOME nor HOME says where the office is"),
                    "set CHANCERY_HOME to the office's directory");
        }
        return new Office(terminal, Path.of(user, ".chancery"), wiring);
    }

    public Path home() {
        return home;
    }

    public Path configurationFile() {
        return home.resolve("office.json");
    }

    public Path rulesFile() {
        return home.resolve("rules.json");
    }

    public Path keyDirectory() {
        return home.resolve("keys");
    }

    /// Handles of the keys in tokens and Vaults, a directory for each provider.
    public Path tokenDirectory() {
        return home.resolve("tokens");
    }

    public Path primaryDirectory() {
        return home.resolve("primary");
    }

    public Path keyringDirectory() {
        return home.resolve("keyring");
    }

    /// Cycles, certificates and administrators of OpenPGP keys, a directory for each authority.
    public Path lifeDirectory() {
        return home.resolve("life");
    }

    /// Sealed revocation certificates, which belong elsewhere.
    public Path escrowDirectory() {
        return home.resolve("escrow");
    }

    public Path escrowPassphraseFile() {
        return home.resolve("escrow-passphrase");
    }

    public Path tagDirectory() {
        return home.resolve("tags");
    }

    public Path auditFile() {
        return home.resolve("audit.jsonl");
    }

    public Path passphraseFile() {
        return home.resolve("passphrase");
    }

    public Formats formats() {
        return wiring.formats();
    }

    public Hashes hashes() {
        return wiring.hashes();
    }

    /// Who asks: the user whose process this is. Whoever can open the office can name himself as he likes, so
    /// this tells apart people of good will and nothing more.
    public Requester requester() {
        return new Requester("local:" + System.getProperty("user.name", "unknown"));
    }

    public void requireMade() {
        if (!Files.exists(configurationFile())) {
            throw new HintedException(
                    new UnavailableException("there is no office at %s".formatted(home)),
                    "'chancery init' makes one; CHANCERY_HOME says where");
        }
    }

    public SigningRules rules() {
        requireMade();
        return SigningRules.parse(InputFiles.read("rules file", rulesFile(), FILE_BYTES_MAX));
    }

    public Engine engine() {
        var recorder = new Recorder(new AuditFile(auditFile()), hashes(), terminal.clock());
        return new Engine(rules(), ActiveKeys.of(providers().joined(), lifeDirectory()), formats(), recorder);
    }

    /// Where signing keys are made: in the provider of that name, else in files.
    public KeyBirth keyBirth(Optional<Label> provider) {
        var providers = providers();
        var stores = new KeyBirth.Stores(providers.ready(provider), providers.primary(Optional.empty()));
        return new KeyBirth(stores, formats(), terminal.clock(), new SecureRandom());
    }

    /// Certify-only keys, whose directory may be offline.
    public KeyProvider primaryKeys() {
        return providers().primary();
    }

    /// What makes certify-only keys: the token of that name, else files.
    public KeyMaker primaryKeys(Optional<Label> provider) {
        return providers().primary(provider);
    }

    /// The token that has this primary key; empty for files.
    public Optional<Label> primaryProvider(Key key) {
        return providers().primaryProvider(key);
    }

    /// Those in files, for whoever shares one out or puts it back.
    public FileKeys primaryFiles() {
        return providers().primaryFiles();
    }

    /// What makes signing keys: the provider of that name, else files.
    public KeyMaker signingKeys(Optional<Label> provider) {
        return providers().ready(provider);
    }

    /// For the certificates of this key, where it lives.
    public KeyCertification certification(Key key) {
        return new KeyCertification(providers().of(key), formats(), terminal.clock(), new SecureRandom());
    }

    /// The certificates that a key's signatures carry, without opening it.
    public Optional<CertificateChain> certificates(Key key) {
        return providers().of(key).certificates(key);
    }

    public OfficeConfiguration configuration() {
        requireMade();
        return OfficeConfiguration.parse(InputFiles.read("configuration", configurationFile(), FILE_BYTES_MAX));
    }

    /// What holds the keys. Nothing is opened before a key is.
    public Providers providers() {
        return new Providers(this, wiring.privateKeys(), terminal);
    }

    /// Every signing key that is here, without opening any.
    public List<Key> keys() {
        requireMade();
        return providers().joined().keys();
    }

    /// The formats in which an authority can sign, in the order of the table of formats.
    public List<FormatName> signingFormats(Authority authority) {
        var mine = keys().stream()
                .filter(key -> key.authority().equals(authority) && key.purpose() == KeyPurpose.SIGN)
                .map(Key::format)
                .toList();
        return formats().list().stream()
                .map(format -> format.description().name())
                .filter(mine::contains)
                .toList();
    }

    public KeyringDirectory keyring() {
        return new KeyringDirectory(keyringDirectory(), formats());
    }

    public void requireNew() {
        if (Files.exists(home, LinkOption.NOFOLLOW_LINKS)) {
            throw new HintedException(
                    new RefusedException("office-exists", "there is something at %s already".formatted(home)),
                    "CHANCERY_HOME=DIR chancery init makes an office elsewhere");
        }
    }
}
