// SPDX-License-Identifier: Apache-2.0
package dev.chancery.keys.vault;

import dev.chancery.core.Bytes;
import dev.chancery.core.ChanceryException;
import dev.chancery.core.MalformedException;
import dev.chancery.core.RefusedException;
import dev.chancery.core.UnavailableException;
import dev.chancery.key.CertificateChain;
import dev.chancery.key.Key;
import dev.chancery.key.KeyId;
import dev.chancery.key.SignatureValue;
import dev.chancery.key.SigningKey;
import dev.chancery.key.ToBeSigned;
import dev.chancery.keys.handle.HandleDirectory;
import dev.chancery.keys.handle.KeyMaker;
import dev.chancery.keys.handle.NewKey;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/// The key provider `vault`: private keys in one Transit of HashiCorp Vault or OpenBao, their handles in a
/// directory.
///
/// May be used by several threads at once. Nothing is read and nobody asked before a key is opened or made, or
/// [#logIn] called; [#keys] needs neither.
public final class VaultKeys implements KeyMaker, AutoCloseable {
    /// Where the keys are: in the Transit at `mount` (usually `transit`), in a namespace where there are such.
    /// `anchors` is a file of trusted certificates in PEM for TLS, in the place of the JDK's.
    public record Place(VaultAddress address, String mount, Optional<String> namespace, Optional<Path> anchors) {
        /// Characters of a mount path or a namespace.
        public static final int PATH_CHARACTERS_MAX = 255;

        private static final Pattern PATH = Pattern.compile("[A-Za-z0-9_.-]+(/[A-Za-z0-9_.-]+)*");

        public Place {
            requirePath("Transit mount", mount);
            namespace.ifPresent(name -> requirePath("namespace", name));
            if (anchors.isPresent() && !(address instanceof VaultAddress.Tls)) {
                throw MalformedException.value(
                        "Vault address",
                        address.toString(),
                        "is not https://, so that trusted certificates are of no use");
            }
        }

        static void requirePath(String subject, String path) {
            if (path.length() > PATH_CHARACTERS_MAX
                    || !PATH.matcher(path).matches()
                    || List.of(path.split("/")).stream().anyMatch(step -> step.equals(".") || step.equals(".."))) {
                throw MalformedException.value(
                        subject, path, "is not made of letters, digits, '_', '.' and '-', with '/' in between");
            }
        }

        @Override
        public String toString() {
            return "%s of Vault at %s%s"
                    .formatted(
                            mount,
                            address,
                            namespace.map(name -> ", namespace " + name).orElse(""));
        }
    }

    private final HandleDirectory<VaultHandle> handles;
    private final Place place;
    private final Supplier<VaultLogin> login;
    private final VaultClient client;

    /// `login` is asked once, when Vault is first needed. The clock says when a token is to be renewed.
    public VaultKeys(Path handles, Place place, Supplier<VaultLogin> login, InstantSource clock) {
        this(handles, place, login, new VaultClient(place, login, clock, VaultClient.Times.USUAL));
    }

    VaultKeys(Path handles, Place place, Supplier<VaultLogin> login, VaultClient client) {
        this.handles = new HandleDirectory<>(handles, VaultHandle::parse);
        this.place = place;
        this.login = login;
        this.client = client;
    }

    /// The one address to which connections are opened while the process runs.
    public VaultAddress connectsTo() {
        return place.address();
    }

    /// The files that are read while the process runs, beside the handles when a key is opened.
    public List<Path> filesReadAgain() {
        return login.get().filesReadAgain();
    }

    @Override
    public List<Key> keys() {
        return handles.keys();
    }

    /// Without a login. Throws `UnavailableException` when Vault does not answer, is sealed or not in
    /// service, and `RefusedException` with rule `vault-tls` when TLS finds another server.
    public void requireThere() {
        client.requireThere();
    }

    /// One round trip with the token, so that host name, certificates and login are known from here on. To be
    /// called again at will: it renews a token whose time has come. Throws what [#open] throws of Vault and
    /// the login.
    public void logIn() {
        client.logIn();
    }

    /// Finds the key in Vault and checks that it is what its handle says.
    ///
    /// Throws, beyond what [#keys] throws, `UnavailableException` when there is no such key or Vault does not
    /// answer, and `RefusedException` with rule `vault-login` or `vault-denied` when it answers nobody or not
    /// us, `vault-tls` when it is another server, `vault-key` when its key is not the handle's, and
    /// `vault-version` when the handle's version signs no more.
    @Override
    public SigningKey open(KeyId id) {
        var handle = handles.read(id);
        var there = transitKey(handle.keyName()).read(NewKey.of(handle.key()).algorithm(), handle.keyVersion());
        if (!there.equals(handle.key().publicKey())) {
            throw new RefusedException(
                    TransitKey.RULE, "Vault's key for %s is another one, %s".formatted(id, there.id()));
        }
        return new HeldKey(handle, transitKey(handle.keyName()), handles.certificates(handle.key()));
    }

    private TransitKey transitKey(String name) {
        return new TransitKey(client, place.mount(), name);
    }

    /// The key is in Vault before its handle is on the disk. Where the second fails, the first stays behind
    /// under a name that the error tells: nobody finds a use for it, and deleting keys is more than this
    /// office may.
    @Override
    public SigningKey create(NewKey wanted, SecureRandom random) {
        // What is wrong with the directory shows before anything is made.
        handles.keys();
        byte[] salt = new byte[VaultHandle.SALT_BYTES];
        random.nextBytes(salt);
        var key = transitKey(VaultHandle.keyName(wanted, Bytes.of(salt)));
        var handle = new VaultHandle(wanted.with(key.create(wanted.algorithm())), Bytes.of(salt), 1);
        try {
            handles.write(handle, random);
        } catch (ChanceryException e) {
            throw new UnavailableException(
                    "%s; key %s stays behind in %s, without use".formatted(e.sentence(), key.name(), place), e);
        }
        return new HeldKey(handle, key, Optional.empty());
    }

    @Override
    public SigningKey certify(SigningKey key, CertificateChain certificates, SecureRandom random) {
        handles.write(key.key(), certificates, random);
        var handle = handles.read(key.key().id());
        return new HeldKey(handle, transitKey(handle.keyName()), Optional.of(certificates));
    }

    @Override
    public Optional<CertificateChain> certificates(Key key) {
        return handles.certificates(key);
    }

    /// Overwrites the token, and closes the connections. Keys that were opened do not sign any more.
    @Override
    public void close() {
        client.close();
    }

    private record HeldKey(VaultHandle handle, TransitKey transit, Optional<CertificateChain> certificates)
            implements SigningKey {
        @Override
        public Key key() {
            return handle.key();
        }

        @Override
        public SignatureValue sign(ToBeSigned toBeSigned) {
            return TransitSignature.of(handle, toBeSigned).by(transit);
        }
    }
}
