// SPDX-License-Identifier: Apache-2.0
package dev.chancery.keys.handle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.chancery.core.Authority;
import dev.chancery.core.Bytes;
import dev.chancery.core.ChanceryException;
import dev.chancery.core.DigestAlgorithm;
import dev.chancery.core.FormatName;
import dev.chancery.core.RefusedException;
import dev.chancery.core.UnavailableException;
import dev.chancery.key.CertificateChain;
import dev.chancery.key.Key;
import dev.chancery.key.KeyAlgorithm;
import dev.chancery.key.KeyId;
import dev.chancery.key.KeyPurpose;
import dev.chancery.key.Namespace;
import dev.chancery.key.SigningKey;
import dev.chancery.key.ToBeSigned;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// What every key provider has to pass, whatever holds its keys.
public abstract class KeyProviderContract {
    private static final byte[] MESSAGE = "some content".getBytes(StandardCharsets.UTF_8);

    @TempDir
    private Path parent = Path.of("");

    /// Where the handles lie.
    protected Path directory = Path.of("");

    @BeforeEach
    void makeDirectory() {
        directory = SampleKeys.privateDirectory(parent, "keys");
    }

    /// A provider that knows nothing yet, as after a restart of the process. The one before is of no use
    /// any more.
    protected abstract KeyMaker started();

    /// The same with a passphrase or PIN that is not the right one.
    protected abstract KeyMaker startedWithWrongSecret();

    protected abstract String wrongSecretRule();

    protected abstract void unplug() throws IOException;

    protected abstract void plugIn() throws IOException;

    private static void assertSigns(SigningKey key) {
        var publicKey = key.key().publicKey();
        var signature = key.sign(SampleKeys.toBeSigned(publicKey.scheme(), MESSAGE));
        assertTrue(SampleKeys.holds(publicKey, MESSAGE, signature));
    }

    @ParameterizedTest
    @EnumSource(KeyAlgorithm.class)
    void aKeyThatWasMadeSignsBeforeAndAfterARestart(KeyAlgorithm algorithm) {
        var made = started().create(SampleKeys.newKey(algorithm), SampleKeys.RANDOM);
        assertSigns(made);
        var after = started();
        assertEquals(List.of(made.key()), after.keys());
        var opened = after.open(made.key().id());
        assertEquals(made.key(), opened.key());
        assertSigns(opened);
        var other = algorithm.scheme().signsDigest()
                ? new ToBeSigned.OfMessage(Bytes.of(MESSAGE))
                : new ToBeSigned.OfDigest(SampleKeys.digest(DigestAlgorithm.SHA256, MESSAGE));
        assertThrows(IllegalArgumentException.class, () -> opened.sign(other));
    }

    @Test
    void everythingAboutAKeyIsKept() {
        var wanted = new NewKey(
                new Authority("jenkins-prd"),
                new FormatName("openpgp"),
                KeyPurpose.CERTIFY,
                KeyAlgorithm.ED25519,
                SampleKeys.CREATED,
                Optional.of(Instant.parse("2028-02-29T23:59:59Z")),
                Optional.of(new Namespace("git")));
        var made = started().create(wanted, SampleKeys.RANDOM).key();
        assertEquals(List.of(made), started().keys());
        assertEquals(wanted, NewKey.of(made));
    }

    @Test
    void certificatesLieWithTheKey() {
        var keys = started();
        var made = keys.create(SampleKeys.newKey(KeyAlgorithm.ED25519), SampleKeys.RANDOM);
        var chain = new CertificateChain(List.of(Bytes.of(new byte[] {0x30, 0})));
        assertEquals(Optional.empty(), keys.certificates(made.key()));
        var certified = keys.certify(made, chain, SampleKeys.RANDOM);
        assertEquals(Optional.of(chain), certified.certificates());
        assertSigns(certified);
        var after = started();
        assertEquals(Optional.of(chain), after.certificates(made.key()));
        assertEquals(Optional.of(chain), after.open(made.key().id()).certificates());
    }

    @Test
    void severalThreadsSignAtOnce() throws Exception {
        var keys = started();
        var signing = new ArrayList<SigningKey>();
        for (var algorithm : List.of(KeyAlgorithm.ED25519, KeyAlgorithm.ECDSA_P256)) {
            signing.add(keys.create(SampleKeys.newKey(algorithm), SampleKeys.RANDOM));
        }
        try (var threads = Executors.newFixedThreadPool(8)) {
            var results = new ArrayList<Future<?>>();
            for (int i = 0; i < 400; i++) {
                var key = signing.get(i % signing.size());
                results.add(threads.submit(() -> assertSigns(key)));
            }
            for (var result : results) {
                result.get();
            }
        }
    }

    @Test
    void theWrongSecretIsRefused() {
        var id = started()
                .create(SampleKeys.newKey(KeyAlgorithm.ED25519), SampleKeys.RANDOM)
                .key()
                .id();
        var wrong = startedWithWrongSecret();
        assertEquals(1, wrong.keys().size());
        for (int i = 0; i < 20; i++) {
            var refused = assertThrows(RefusedException.class, () -> wrong.open(id));
            assertEquals(wrongSecretRule(), refused.rule());
        }
        assertSigns(started().open(id));
    }

    @Test
    void aKeyThatIsNotThereIsUnavailable() {
        var keys = started();
        assertThrows(UnavailableException.class, () -> keys.open(new KeyId("0".repeat(64))));
    }

    /// SoftHSM2 loses a token when it is logged in to while its disk is full, so that nothing else is tried
    /// then.
    @Test
    void whereThereIsNoRoomNothingIsLeftAndOtherKeysSignOn() throws Exception {
        var keys = started();
        var there = keys.create(SampleKeys.newKey(KeyAlgorithm.ED25519), SampleKeys.RANDOM);
        assertSigns(there);
        FullDisk.during(() -> assertThrows(
                UnavailableException.class,
                () -> keys.create(SampleKeys.newKey(KeyAlgorithm.ECDSA_P256), SampleKeys.RANDOM)));
        assertSigns(there);
        assertEquals(List.of(there.key()), started().keys());
        var later = started();
        assertSigns(later.create(SampleKeys.newKey(KeyAlgorithm.ECDSA_P256), SampleKeys.RANDOM));
        assertSigns(later.open(there.key().id()));
    }

    /// What is unplugged may sign on from memory, or say that it is not there; once it is back, all is as
    /// before.
    @Test
    void whatWasUnpluggedReturnsWithoutARestart() throws Exception {
        var keys = started();
        var id = keys.create(SampleKeys.newKey(KeyAlgorithm.ED25519), SampleKeys.RANDOM)
                .key()
                .id();
        var open = keys.open(id);
        for (int round = 0; round < 2; round++) {
            unplug();
            try {
                assertSigns(open);
            } catch (UnavailableException away) {
                assertThrows(UnavailableException.class, () -> keys.open(id));
            }
            plugIn();
            assertSigns(open);
            assertSigns(keys.open(id));
        }
    }

    /// Whoever can write a handle has no secret: no field can be changed so that the key opens.
    @Test
    void aHandleThatWasChangedOpensNothing() throws IOException {
        var key = started()
                .create(SampleKeys.newKey(KeyAlgorithm.ED25519), SampleKeys.RANDOM)
                .key();
        var changes = List.of(
                List.of("\"qa\"", "\"release\"", "release.raw."),
                List.of("\"raw\"", "\"openpgp\"", "qa.openpgp."),
                List.of("12:00:00Z", "12:00:01Z", "qa.raw."),
                List.of("\"public_key\"", "\"expires\": \"2030-01-01T00:00:00Z\", \"public_key\"", "qa.raw."),
                List.of("\"public_key\"", "\"namespace\": \"git\", \"public_key\"", "qa.raw."));
        Path file = directory.resolve("qa.raw.%s.json".formatted(key.id().abbreviated()));
        String original = Files.readString(file);
        for (var change : changes) {
            String changed = original.replace(change.get(0), change.get(1));
            Files.delete(file);
            Path place = directory.resolve(change.get(2) + key.id().abbreviated() + ".json");
            NewFile.write(place, changed.getBytes(StandardCharsets.UTF_8), SampleKeys.RANDOM);
            var keys = started();
            assertThrows(ChanceryException.class, () -> keys.open(key.id()), change.toString());
            Files.delete(place);
            NewFile.write(file, original.getBytes(StandardCharsets.UTF_8), SampleKeys.RANDOM);
        }
        assertSigns(started().open(key.id()));
    }

    /// The public half of one key in the handle of another.
    @Test
    void anotherPublicKeyOpensNothing() throws IOException {
        var keys = started();
        var made = new ArrayList<Key>();
        for (int i = 0; i < 2; i++) {
            made.add(keys.create(SampleKeys.newKey(KeyAlgorithm.ED25519), SampleKeys.RANDOM)
                    .key());
        }
        var texts = new ArrayList<String>();
        for (Key key : made) {
            Path file = directory.resolve("qa.raw.%s.json".formatted(key.id().abbreviated()));
            texts.add(Files.readString(file));
            Files.delete(file);
        }
        String mixed = texts.get(0).replace(publicKey(texts.get(0)), publicKey(texts.get(1)));
        Path place =
                directory.resolve("qa.raw.%s.json".formatted(made.get(1).id().abbreviated()));
        NewFile.write(place, mixed.getBytes(StandardCharsets.UTF_8), SampleKeys.RANDOM);
        assertThrows(ChanceryException.class, () -> started().open(made.get(1).id()));
    }

    private static String publicKey(String handle) {
        int from = handle.indexOf("-----BEGIN PUBLIC KEY-----");
        return handle.substring(from, handle.indexOf("-----END PUBLIC KEY-----"));
    }
}
