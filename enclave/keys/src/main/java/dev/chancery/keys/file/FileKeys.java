// SPDX-License-Identifier: Apache-2.0
package dev.chancery.keys.file;

import dev.chancery.core.MalformedException;
import dev.chancery.key.CertificateChain;
import dev.chancery.key.Key;
import dev.chancery.key.KeyId;
import dev.chancery.key.PublicKey;
import dev.chancery.key.SignatureValue;
import dev.chancery.key.SigningKey;
import dev.chancery.key.ToBeSigned;
import dev.chancery.keys.handle.KeyMaker;
import dev.chancery.keys.handle.NewKey;
import dev.chancery.keys.handle.SecretBytes;
import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;

/// The key provider `file`: private keys in a [KeyDirectory], opened with a passphrase, used by a library.
///
/// May be used by several threads at once. The passphrase stays the caller's, who closes it when no more keys
/// are opened or made; open keys do not need it.
public final class FileKeys implements KeyMaker {
    private final KeyDirectory directory;
    private final Passphrase passphrase;
    private final PrivateKeyLibrary library;

    public FileKeys(KeyDirectory directory, Passphrase passphrase, PrivateKeyLibrary library) {
        this.directory = directory;
        this.passphrase = passphrase;
        this.library = library;
    }

    @Override
    public List<Key> keys() {
        return directory.keys();
    }

    /// Decrypts and loads a key. Takes 0.3 s when a person chose the passphrase.
    ///
    /// Throws, beyond what [KeyDirectory#keys] throws, `UnavailableException` when there is no such key,
    /// `RefusedException` with rule `key-passphrase`, and `MalformedException` when the private key belongs to
    /// another public key.
    @Override
    public SigningKey open(KeyId id) {
        var file = directory.read(id);
        try (var pkcs8 = file.privateKey().decrypt(passphrase)) {
            var opened = load(file.key(), publicKeyOfDecrypted(file.key(), pkcs8), pkcs8);
            return new HeldKey(opened.key(), opened.operation(), directory.certificates(file.key()));
        }
    }

    /// One wrong passphrase in 256 decrypts to well-padded bytes, which are no key then.
    private static PublicKey publicKeyOfDecrypted(Key key, SecretBytes pkcs8) {
        try {
            return PrivateKeyInfo.publicKey(key.publicKey().scheme(), pkcs8);
        } catch (MalformedException noKey) {
            throw EncryptedPrivateKey.wrongPassphrase();
        }
    }

    @Override
    public SigningKey create(NewKey wanted, SecureRandom random) {
        try (var pkcs8 = NewPrivateKey.make(wanted.algorithm(), random)) {
            var publicKey = PrivateKeyInfo.publicKey(wanted.algorithm().scheme(), pkcs8);
            return store(wanted.with(publicKey), pkcs8, random);
        }
    }

    /// The private key itself, as PKCS #8, for whoever shares it out. Throws what [#open] throws.
    public SecretBytes exposed(KeyId id) {
        var file = directory.read(id);
        var pkcs8 = file.privateKey().decrypt(passphrase);
        if (!publicKeyOfDecrypted(file.key(), pkcs8).equals(file.key().publicKey())) {
            pkcs8.close();
            throw EncryptedPrivateKey.wrongPassphrase();
        }
        return pkcs8;
    }

    /// The key that a private key makes of a description. Throws `MalformedException` when it is none of that
    /// algorithm.
    public static Key key(NewKey described, SecretBytes pkcs8) {
        return described.with(PrivateKeyInfo.publicKey(described.algorithm().scheme(), pkcs8));
    }

    /// Stores a private key that was made elsewhere, as PKCS #8 in the form that OpenSSL writes.
    public SigningKey store(Key key, SecretBytes pkcs8, SecureRandom random) {
        var opened = load(key, PrivateKeyInfo.publicKey(key.publicKey().scheme(), pkcs8), pkcs8);
        directory.write(KeyFile.encrypt(key, pkcs8, passphrase, random), random);
        return opened;
    }

    @Override
    public SigningKey certify(SigningKey key, CertificateChain certificates, SecureRandom random) {
        directory.write(key.key(), certificates, random);
        return new HeldKey(key.key(), key::sign, Optional.of(certificates));
    }

    @Override
    public Optional<CertificateChain> certificates(Key key) {
        return directory.certificates(key);
    }

    /// The public half is computed from the private one before the library gets the key, so that no operation
    /// ever runs with halves of two keys.
    private HeldKey load(Key key, PublicKey computed, SecretBytes pkcs8) {
        if (!computed.equals(key.publicKey())) {
            throw new MalformedException(
                    "private key of %s belongs to another public key, %s".formatted(key.id(), computed.id()));
        }
        return new HeldKey(key, library.load(computed, pkcs8), Optional.empty());
    }

    private record HeldKey(Key key, PrivateKeyLibrary.Operation operation, Optional<CertificateChain> certificates)
            implements SigningKey {
        @Override
        public SignatureValue sign(ToBeSigned toBeSigned) {
            return operation.sign(toBeSigned);
        }
    }
}
