// SPDX-License-Identifier: Apache-2.0
package dev.chancery.keys.pkcs11;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.chancery.core.Bytes;
import dev.chancery.core.DigestAlgorithm;
import dev.chancery.core.MalformedException;
import dev.chancery.core.RefusedException;
import dev.chancery.core.UnavailableException;
import dev.chancery.key.KeyAlgorithm;
import dev.chancery.key.SigningKey;
import dev.chancery.key.ToBeSigned;
import dev.chancery.keys.handle.NewFile;
import dev.chancery.keys.handle.NewKey;
import dev.chancery.keys.handle.Pem;
import dev.chancery.keys.handle.SampleKeys;
import dev.chancery.keys.handle.SecretBytes;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a token does beyond what every key provider does.
class Pkcs11KeysTest {
    private static final byte[] MESSAGE = "some content".getBytes(StandardCharsets.UTF_8);

    private static SoftToken token = new SoftToken("", Path.of(""));

    @TempDir
    private Path parent = Path.of("");

    private Path directory = Path.of("");
    private final List<Pkcs11Keys> running = new ArrayList<>();

    @BeforeAll
    static void makeToken() {
        token = SoftToken.make("tested");
    }

    @BeforeEach
    void makeDirectory() {
        directory = SampleKeys.privateDirectory(parent, "keys");
    }

    @AfterEach
    void stop() {
        running.forEach(Pkcs11Keys::close);
        running.clear();
    }

    private Pkcs11Keys keys(SoftToken of) {
        var keys = of.keys(directory);
        running.add(keys);
        return keys;
    }

    private static SigningKey make(Pkcs11Keys keys, KeyAlgorithm algorithm) {
        return keys.create(SampleKeys.newKey(algorithm), SampleKeys.RANDOM);
    }

    private static void assertSigns(SigningKey key) {
        var publicKey = key.key().publicKey();
        var signature = key.sign(SampleKeys.toBeSigned(publicKey.scheme(), MESSAGE));
        assertTrue(SampleKeys.holds(publicKey, MESSAGE, signature));
    }

    private TokenHandle handle(SigningKey key) throws IOException {
        Path file = directory.resolve("qa.raw.%s.json".formatted(key.key().id().abbreviated()));
        return TokenHandle.parse(Bytes.of(Files.readAllBytes(file)));
    }

    @Test
    void thePrivateKeyCannotBeReadOut() throws IOException {
        var made = make(keys(token), KeyAlgorithm.ED25519);
        var handle = handle(made);
        stop();
        var again = new Token(
                () -> CryptokiModule.load(SoftToken.module()),
                token.label(),
                () -> SecretBytes.owning(SoftToken.PIN.getBytes(StandardCharsets.UTF_8)));
        assertTrue(again.isThere());
        try (again) {
            var answer = again.use(session -> {
                long object = KeyObjects.privateKey(session, handle);
                assertFalse(session.flag(object, Ck.CKA_EXTRACTABLE));
                assertFalse(session.flag(object, Ck.CKA_MODIFIABLE));
                assertTrue(session.flag(object, Ck.CKA_NEVER_EXTRACTABLE));
                return assertThrows(CryptokiException.class, () -> session.bytes(object, 0x11))
                        .value(); // CKA_VALUE
            });
            assertEquals(ReturnValue.CKR_ATTRIBUTE_SENSITIVE, answer);
        }
    }

    @Test
    void anUnpluggedTokenIsUnavailableAndTheNextRequestFindsItAgain() throws IOException {
        var other = SoftToken.make("bystander");
        var bystander = make(keys(other), KeyAlgorithm.ED25519);
        var keys = keys(token);
        var key = make(keys, KeyAlgorithm.ECDSA_P256);
        assertSigns(key);
        token.unplug();
        try {
            var away = assertThrows(UnavailableException.class, () -> assertSigns(key));
            assertTrue(away.sentence().startsWith("token \"tested-"), away.sentence());
            assertThrows(UnavailableException.class, () -> keys.open(key.key().id()));
            assertThrows(UnavailableException.class, () -> make(keys, KeyAlgorithm.ED25519));
            assertEquals(1, keys.keys().stream().filter(key.key()::equals).count());
            assertSigns(bystander);
        } finally {
            token.plugIn();
        }
        assertSigns(bystander);
    }

    /// A token that counts wrong PINs sees one of them, whoever asks how often.
    @Test
    void aWrongPinIsTriedOnce() {
        var id = make(keys(token), KeyAlgorithm.ED25519).key().id();
        stop();
        var asked = new AtomicInteger();
        try (var keys = new Pkcs11Keys(directory, new Pkcs11Keys.Place(SoftToken.module(), token.label()), () -> {
            // Right from the second time on; nobody may ask.
            return SoftToken.asked(asked.getAndIncrement() == 0 ? "wrong-pin" : SoftToken.PIN);
        })) {
            var first = assertThrows(RefusedException.class, () -> keys.open(id));
            assertEquals("key-pin", first.rule());
            assertTrue(first.sentence().contains("CKR_PIN_INCORRECT"), first.sentence());
            assertFalse(first.sentence().contains("wrong-pin"));
            for (int i = 0; i < 5; i++) {
                var later = assertThrows(RefusedException.class, () -> keys.open(id));
                assertTrue(later.sentence().endsWith("not tried again before a restart"), later.sentence());
            }
            assertEquals(1, asked.get());
        }
    }

    /// Somebody with the PIN puts in a key that he knows, under the `CKA_ID` of a handle that he wrote.
    @Test
    void aKeyThatWasMadeOutsideIsRefused() throws Exception {
        var pair = java.security.KeyPairGenerator.getInstance("RSA").generateKeyPair();
        var publicKey = dev.chancery.key.PublicKey.parse(pair.getPublic().getEncoded());
        var key = SampleKeys.newKey(KeyAlgorithm.RSA_3072).with(publicKey);
        var handle = new TokenHandle(key, Bytes.of(new byte[TokenHandle.SALT_BYTES]));
        Path pem = parent.resolve("key.pem");
        Files.writeString(pem, Pem.encode("PRIVATE KEY", pair.getPrivate().getEncoded()));
        String answer = SampleKeys.run(
                parent,
                "softhsm2-util",
                "--import",
                pem.toString(),
                "--token",
                token.label(),
                "--label",
                "planted",
                "--id",
                HexFormat.of().formatHex(handle.objectId()),
                "--pin",
                SoftToken.PIN);
        assertTrue(answer.startsWith("0 "), answer);
        NewFile.write(directory.resolve(handle.name()), handle.toBytes().toArray(), SampleKeys.RANDOM);
        var refused = assertThrows(RefusedException.class, () -> keys(token).open(key.id()));
        assertEquals("token-key", refused.rule());
        assertTrue(refused.sentence().endsWith("was not made in the token"), refused.sentence());
    }

    @Test
    void twoTokensWithOneLabelAreNotChosenFrom() {
        var one = SoftToken.make("twin");
        SoftToken.labelled(one.label());
        var refused = assertThrows(RefusedException.class, () -> make(keys(one), KeyAlgorithm.ED25519));
        assertEquals("token-choice", refused.rule());
    }

    @Test
    void aFailedHandleLeavesNoKeyInTheToken() throws IOException {
        var fresh = SoftToken.make("undone");
        var keys = keys(fresh);
        make(keys, KeyAlgorithm.ED25519);
        int before = fresh.objects().size();
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-x---"));
        assertThrows(RefusedException.class, () -> make(keys, KeyAlgorithm.ED25519));
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx------"));
        assertEquals(before, fresh.objects().size());
    }

    @Test
    void everyDigestAndTheLongestMessage() {
        var keys = keys(token);
        var rsa = make(keys, KeyAlgorithm.RSA_3072);
        for (var algorithm : List.of(DigestAlgorithm.SHA256, DigestAlgorithm.SHA384, DigestAlgorithm.SHA512)) {
            var digest = SampleKeys.digest(algorithm, MESSAGE);
            assertEquals(384, rsa.sign(new ToBeSigned.OfDigest(digest)).bytes().length());
        }
        var ed25519 = make(keys, KeyAlgorithm.ED25519);
        for (int length : new int[] {0, ToBeSigned.OfMessage.BYTES_MAX}) {
            byte[] message = new byte[length];
            var signature = ed25519.sign(new ToBeSigned.OfMessage(Bytes.of(message)));
            assertTrue(SampleKeys.holds(ed25519.key().publicKey(), message, signature));
        }
    }

    @Test
    void whatIsNoModuleIsNotLoaded() throws IOException {
        var absent = place(parent.resolve("absent.so"));
        assertThrows(UnavailableException.class, absent::isThere);
        Path file = Files.writeString(parent.resolve("module.so"), "not a library");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
        assertThrows(UnavailableException.class, place(file)::isThere);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-rw-r--"));
        assertEquals(
                "key-permissions",
                assertThrows(RefusedException.class, place(file)::isThere).rule());
    }

    private Pkcs11Keys place(Path module) {
        return new Pkcs11Keys(directory, new Pkcs11Keys.Place(module, "any"), () -> SoftToken.asked("1234"));
    }

    @Test
    void aLabelHasItsLimits() {
        Path module = Path.of("/usr/lib/module.so");
        assertEquals(32, new Pkcs11Keys.Place(module, "x".repeat(32)).token().length());
        for (String label : List.of("", "x".repeat(33), "ends with a blank ", "é".repeat(17))) {
            assertThrows(MalformedException.class, () -> new Pkcs11Keys.Place(module, label));
        }
        assertThrows(MalformedException.class, () -> new Pkcs11Keys.Place(Path.of("module.so"), "x"));
    }

    @Test
    void aHandleIsReadStrictly() throws IOException {
        var made = make(keys(token), KeyAlgorithm.ECDSA_P384);
        var handle = handle(made);
        assertEquals(handle, TokenHandle.parse(handle.toBytes()));
        String text = new String(handle.toBytes().toArray(), StandardCharsets.UTF_8);
        String salt = handle.salt().toString();
        for (String wrong : List.of(
                text.replace(salt, salt.substring(2)),
                text.replace(salt, "A" + salt.substring(1)),
                text.replace("\"version\": 1", "\"version\": 2"),
                text.replace("ecdsa-p384", "ecdsa-p256"),
                text.replace("\"token_salt\"", "\"more\": 1, \"token_salt\""))) {
            var bytes = Bytes.of(wrong.getBytes(StandardCharsets.UTF_8));
            assertThrows(MalformedException.class, () -> TokenHandle.parse(bytes));
        }
        assertEquals(NewKey.of(made.key()), SampleKeys.newKey(KeyAlgorithm.ECDSA_P384));
    }
}
