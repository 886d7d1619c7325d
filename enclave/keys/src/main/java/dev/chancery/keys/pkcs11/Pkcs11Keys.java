// SPDX-License-Identifier: Apache-2.0
package dev.chancery.keys.pkcs11;

import dev.chancery.core.Bytes;
import dev.chancery.core.ChanceryException;
import dev.chancery.core.MalformedException;
import dev.chancery.core.Quoted;
import dev.chancery.key.CertificateChain;
import dev.chancery.key.Key;
import dev.chancery.key.KeyId;
import dev.chancery.key.SignatureValue;
import dev.chancery.key.SigningKey;
import dev.chancery.key.ToBeSigned;
import dev.chancery.keys.handle.HandleDirectory;
import dev.chancery.keys.handle.KeyMaker;
import dev.chancery.keys.handle.NewKey;
import dev.chancery.keys.handle.SecretLine;
import dev.chancery.keys.handle.SecretSource;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/// The key provider `pkcs11`: private keys in one token, their handles in a directory.
///
/// May be used by several threads at once: by platform threads, for a call into the module holds on to its
/// carrier. The token is looked for, and the PIN read, when a key is first opened; [#keys] needs neither.
public final class Pkcs11Keys implements KeyMaker, AutoCloseable {
    /// Where the token is: the module's library, and the label of the token in whichever slot it has.
    public record Place(Path module, String token) {
        /// Bytes of a token's label (`CK_TOKEN_INFO`).
        public static final int LABEL_BYTES_MAX = 32;

        public Place {
            int bytes = token.getBytes(StandardCharsets.UTF_8).length;
            if (bytes == 0 || bytes > LABEL_BYTES_MAX || token.endsWith(" ")) {
                throw MalformedException.value(
                        "token label",
                        token,
                        "is not 1 to %d bytes without a blank at the end".formatted(LABEL_BYTES_MAX));
            }
            if (!module.isAbsolute()) {
                throw MalformedException.value("module", module.toString(), "is not an absolute path");
            }
        }

        @Override
        public String toString() {
            return "token %s of module %s".formatted(Quoted.text(token), Quoted.text(module.toString()));
        }
    }

    /// Bytes: more than any token takes.
    private static final int PIN_BYTES_MAX = 255;

    private static final SecretLine.Kind PIN = new SecretLine.Kind("PIN", "the token", PIN_BYTES_MAX);

    private final HandleDirectory<TokenHandle> handles;
    private final Token token;

    /// `pin` is asked once, when the token is first needed.
    public Pkcs11Keys(Path handles, Place place, Supplier<SecretSource> pin) {
        this.handles = new HandleDirectory<>(handles, TokenHandle::parse);
        this.token = new Token(
                () -> CryptokiModule.load(place.module()), place.token(), () -> SecretLine.read(pin.get(), PIN));
    }

    @Override
    public List<Key> keys() {
        return handles.keys();
    }

    /// Whether the token is plugged in; does not log in. Throws `UnavailableException` when the module
    /// cannot be loaded.
    public boolean isThere() {
        return token.isThere();
    }

    /// Logs in. Throws what [#open] throws of the token and the PIN.
    public void logIn() {
        token.use(Session::handle);
    }

    /// Finds the key in the token and checks that it is what its handle says.
    ///
    /// Throws, beyond what [#keys] throws, `UnavailableException` when there is no such key or the token
    /// does not answer, and `RefusedException` with rule `key-pin`, or `token-key` when the token's key is
    /// not the handle's.
    @Override
    public SigningKey open(KeyId id) {
        var handle = handles.read(id);
        token.use(session -> KeyObjects.privateKey(session, handle));
        return new HeldKey(handle, token, handles.certificates(handle.key()));
    }

    /// The key is in the token before its handle is on the disk. Where the second fails, the first is
    /// undone; where the process dies in between, a key stays behind in the token that no handle names.
    @Override
    public SigningKey create(NewKey wanted, SecureRandom random) {
        // What is wrong with the directory shows before anything is made.
        handles.keys();
        byte[] salt = new byte[TokenHandle.SALT_BYTES];
        random.nextBytes(salt);
        byte[] objectId = TokenHandle.objectId(wanted, Bytes.of(salt));
        var publicKey = token.use(session -> KeyObjects.generate(session, wanted, objectId));
        var handle = new TokenHandle(wanted.with(publicKey), Bytes.of(salt));
        try {
            handles.write(handle, random);
        } catch (ChanceryException e) {
            forget(objectId);
            throw e;
        }
        return new HeldKey(handle, token, Optional.empty());
    }

    private void forget(byte[] objectId) {
        try {
            token.use(session -> session.writable(writing -> {
                KeyObjects.destroy(writing, objectId);
                return true;
            }));
        } catch (ChanceryException e) {
            // Why the handle could not be written is what the caller is to see.
        }
    }

    @Override
    public SigningKey certify(SigningKey key, CertificateChain certificates, SecureRandom random) {
        handles.write(key.key(), certificates, random);
        return new HeldKey(handles.read(key.key().id()), token, Optional.of(certificates));
    }

    @Override
    public Optional<CertificateChain> certificates(Key key) {
        return handles.certificates(key);
    }

    /// Logs out, and overwrites the PIN. Keys that were opened do not sign any more.
    @Override
    public void close() {
        token.close();
    }

    private record HeldKey(TokenHandle handle, Token token, Optional<CertificateChain> certificates)
            implements SigningKey {
        @Override
        public Key key() {
            return handle.key();
        }

        @Override
        public SignatureValue sign(ToBeSigned toBeSigned) {
            var wanted = TokenSignature.of(handle.key().publicKey(), toBeSigned);
            return token.use(session -> wanted.by(session, KeyObjects.privateKey(session, handle)));
        }
    }
}
