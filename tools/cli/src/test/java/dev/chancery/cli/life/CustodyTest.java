// SPDX-License-Identifier: Apache-2.0
package dev.chancery.cli.life;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.chancery.cli.authorities.InitCommand;
import dev.chancery.cli.office.Office;
import dev.chancery.cli.terminal.Terminal;
import dev.chancery.core.Authority;
import dev.chancery.core.RefusedException;
import dev.chancery.key.Key;
import dev.chancery.key.KeyAlgorithm;
import dev.chancery.key.KeyId;
import dev.chancery.keys.file.FileKeys;
import dev.chancery.keys.handle.NewKey;
import dev.chancery.keys.handle.SecretBytes;
import dev.chancery.keys.share.KeyShare;
import dev.chancery.keys.share.KeySharing;
import dev.chancery.keys.share.SharedKey;
import dev.chancery.life.Cycle;
import dev.chancery.life.Profile;
import dev.chancery.policy.Label;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Shares that agree with each other are not believed: the office's certificate decides.
class CustodyTest {
    private static final Authority QA = new Authority("qa");
    private static final Instant NOW = Cycle.day("2027-01-01");
    private static final Cycle CYCLE = new Cycle(new Label("2027a"), NOW, Cycle.day("2027-07-01"), Duration.ofDays(30));
    private static final String PASSPHRASE = "chancery-passphrase-1-" + "e".repeat(43);

    @TempDir
    private Path directory;

    private LifeOffice office;
    private Custody custody;
    private Key key;

    @BeforeEach
    void makeOffice() {
        office = office(directory.resolve("office"));
        custody = custody(office);
        key = office.office().primaryKeys().keys().getFirst();
    }

    private static LifeOffice office(Path home) {
        var nowhere = new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8);
        var terminal = new Terminal(
                InputStream.nullInputStream(),
                nowhere,
                nowhere,
                Map.of("CHANCERY_HOME", home.toString()),
                Clock.fixed(NOW, ZoneOffset.UTC));
        assertEquals(0, new InitCommand(terminal).call());
        var made = new LifeOffice(Office.of(terminal), NOW, Steps.onDisk(), new SecureRandom());
        var escrow = new Escrow(
                made.office().escrowDirectory(),
                () -> SecretBytes.owning(PASSPHRASE.getBytes(StandardCharsets.US_ASCII)));
        new NewKeys(made, escrow)
                .create(
                        QA,
                        Profile.SUBKEY_PER_CYCLE,
                        new NewKeys.Wish(CYCLE, KeyAlgorithm.ED25519, Optional.empty(), Optional.empty()));
        return made;
    }

    private static Custody custody(LifeOffice office) {
        return new Custody(office, office.life(QA));
    }

    private static Map<String, KeyShare> named(List<KeyShare> shares) {
        var named = new LinkedHashMap<String, KeyShare>();
        shares.forEach(share -> named.put("share " + share.number(), share));
        return named;
    }

    private String fingerprint() {
        return custody.certificate(Optional.empty()).hex();
    }

    /// A set that says what the forger likes.
    private static Map<String, KeyShare> forged(SharedKey claimed, byte[] secret) {
        var plan = new KeySharing.Plan(claimed, NOW, 2, 2);
        return named(new KeySharing(new SecureRandom()).split(plan, SecretBytes.owning(secret)));
    }

    private static byte[] otherKey() {
        byte[] pkcs8 = new byte[48];
        byte[] head = java.util.HexFormat.of().parseHex("302e020100300506032b657004220420");
        System.arraycopy(head, 0, pkcs8, 0, head.length);
        pkcs8[head.length] = 1;
        return pkcs8;
    }

    private void refused(String sentence, Map<String, KeyShare> shares) {
        for (Runnable asked : List.<Runnable>of(() -> custody.verify(shares), () -> custody.restore(shares))) {
            var refusal = assertThrows(RefusedException.class, asked::run);
            assertTrue(refusal.sentence().contains(sentence), refusal.sentence());
        }
    }

    @Test
    void aKeyThatComesBackIsTheOneThatWasLostAndSealed() throws Exception {
        var shares =
                named(custody.split(custody.certificate(Optional.empty()), 2, 3).subList(1, 3));
        byte[] before = office.office().primaryFiles().exposed(key.id()).exposed();
        Path primary = office.office().primaryDirectory();
        try (var files = Files.list(primary)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        Files.delete(primary);
        custody.verify(shares);
        assertFalse(Files.exists(primary), "verifying writes nothing");
        assertTrue(custody.restore(shares));
        assertEquals(List.of(key), office.office().primaryKeys().keys());
        assertArrayEquals(
                before, office.office().primaryFiles().exposed(key.id()).exposed());
        assertFalse(custody.restore(shares), "it is there");
    }

    @Test
    void sharesOfAnotherSecretUnderTheNameOfTheKeyAreRefused() {
        var claimed = new SharedKey(NewKey.of(key), key.id(), fingerprint());
        refused("are another key together than", forged(claimed, otherKey()));
        refused("are no key together", forged(claimed, new byte[48]));
    }

    @Test
    void anotherKeyUnderTheFingerprintOfTheOfficeIsRefused() {
        byte[] other = otherKey();
        KeyId id = FileKeys.key(NewKey.of(key), SecretBytes.owning(other)).id();
        refused(
                "are not primary key %s together".formatted(fingerprint()),
                forged(new SharedKey(NewKey.of(key), id, fingerprint()), other));
    }

    @Test
    void theKeyAsASigningKeyIsRefused() {
        var wanted = NewKey.of(key);
        var signing = new NewKey(
                wanted.authority(),
                wanted.format(),
                dev.chancery.key.KeyPurpose.SIGN,
                wanted.algorithm(),
                wanted.created(),
                wanted.expires(),
                wanted.namespace());
        byte[] secret = office.office().primaryFiles().exposed(key.id()).exposed();
        refused("are not primary key", forged(new SharedKey(signing, key.id(), fingerprint()), secret));
    }

    @Test
    void theKeyOfAnotherOfficeIsRefusedAlsoUnderTheSameName() {
        var stranger = custody(office(directory.resolve("stranger")));
        var shares = named(stranger.split(stranger.certificate(Optional.empty()), 2, 2));
        refused("qa has no certificate", shares);
    }
}
