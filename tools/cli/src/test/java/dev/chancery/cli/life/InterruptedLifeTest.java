// SPDX-License-Identifier: Apache-2.0
package dev.chancery.cli.life;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.chancery.cli.authorities.InitCommand;
import dev.chancery.cli.office.Office;
import dev.chancery.cli.terminal.HintedException;
import dev.chancery.cli.terminal.Terminal;
import dev.chancery.core.Authority;
import dev.chancery.core.RefusedException;
import dev.chancery.key.KeyAlgorithm;
import dev.chancery.key.KeyId;
import dev.chancery.key.KeyPurpose;
import dev.chancery.keys.handle.SecretBytes;
import dev.chancery.life.Cycle;
import dev.chancery.life.KeyState;
import dev.chancery.life.Ledger;
import dev.chancery.life.Profile;
import dev.chancery.openpgp.RevocationReason;
import dev.chancery.policy.Label;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Every command about keys, stopped before each of its steps and after the last, goes on when it is given
/// again.
class InterruptedLifeTest {
    private static final Authority QA = new Authority("qa");
    private static final Instant FIRST = Cycle.day("2027-01-01");
    private static final Instant SECOND = Cycle.day("2027-07-01");
    private static final Instant PLANNED = Cycle.day("2027-05-01");
    private static final Cycle CYCLE = new Cycle(new Label("2027a"), FIRST, SECOND, Duration.ofDays(30));
    /// In the form that needs no stretching.
    private static final String PASSPHRASE = "chancery-passphrase-1-" + "e".repeat(43);

    @TempDir
    private Path directory;

    private Path home;
    private int rounds;

    /// What stops a command, as a machine that stops does: nothing catches it.
    private static final class Stopped extends RuntimeException {
        private static final long serialVersionUID = 1;
    }

    /// Some steps, and then nothing more.
    private record Stopping(AtomicInteger left) implements Steps {
        @Override
        public void replace(Path file, dev.chancery.core.Bytes content) {
            if (left.getAndDecrement() == 0) {
                throw new Stopped();
            }
            Steps.onDisk().replace(file, content);
        }
    }

    @BeforeEach
    void makeOffice() {
        home = directory.resolve("office");
        assertEquals(0, new InitCommand(terminal(home, FIRST)).call());
    }

    private static Terminal terminal(Path home, Instant now) {
        var nowhere = new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8);
        return new Terminal(
                InputStream.nullInputStream(),
                nowhere,
                nowhere,
                Map.of("CHANCERY_HOME", home.toString()),
                Clock.fixed(now, ZoneOffset.UTC));
    }

    private static LifeOffice office(Path home, Instant now, Steps steps) {
        return new LifeOffice(Office.of(terminal(home, now)), now, steps, new SecureRandom());
    }

    private static Escrow escrow(LifeOffice office) {
        return new Escrow(
                office.office().escrowDirectory(),
                () -> SecretBytes.owning(PASSPHRASE.getBytes(StandardCharsets.US_ASCII)));
    }

    private static NewKeys.Wish wish(Cycle cycle) {
        return new NewKeys.Wish(cycle, KeyAlgorithm.ED25519, Optional.empty(), Optional.empty());
    }

    private static void create(LifeOffice office, Profile profile) {
        new NewKeys(office, escrow(office)).create(QA, profile, wish(CYCLE));
    }

    private static void plan(LifeOffice office) {
        new NewKeys(office, escrow(office)).plan(office.life(QA), wish(CYCLE.next(new Label("2027b"))));
    }

    private static Ledger.Entry entry(LifeOffice office, String cycle) {
        return office.life(QA).entry(Optional.of(cycle));
    }

    private static void use(LifeOffice office, String cycle) {
        new KeyUse(office.life(QA)).publish(entry(office, cycle));
        new KeyUse(office.life(QA)).activate(entry(office, cycle));
    }

    /// A key that signs, and the next one, which is planned.
    private void makeTwo(Profile profile) {
        create(office(home, FIRST, Steps.onDisk()), profile);
        use(office(home, FIRST, Steps.onDisk()), "2027a");
        plan(office(home, PLANNED, Steps.onDisk()));
    }

    /// Stops before each step, goes on, and hands the office of each time to the check. Returns how many steps
    /// there are.
    private int stopEverywhere(Instant now, Consumer<LifeOffice> command, Consumer<LifeOffice> check) {
        rounds++;
        for (int step = 0; ; step++) {
            Path copy = copy("stopped-" + rounds + "-" + step);
            boolean stopped = stops(office(copy, now, new Stopping(new AtomicInteger(step))), command);
            again(office(copy, now, Steps.onDisk()), command);
            check.accept(office(copy, now.plusSeconds(2), Steps.onDisk()));
            if (!stopped) {
                return step;
            }
        }
    }

    private static boolean stops(LifeOffice office, Consumer<LifeOffice> command) {
        try {
            command.accept(office);
            return false;
        } catch (Stopped e) {
            return true;
        }
    }

    /// Whoever was stopped after the last step hears that all is done.
    private static void again(LifeOffice office, Consumer<LifeOffice> command) {
        try {
            command.accept(office);
        } catch (HintedException e) {
            assertEquals("key-exists", ((RefusedException) e.error()).rule());
        } catch (RefusedException e) {
            assertEquals("key-exists", e.rule());
        }
    }

    private Path copy(String name) {
        Path to = directory.resolve(name);
        try (Stream<Path> files = Files.walk(home)) {
            for (Path file : files.toList()) {
                Files.copy(file, to.resolve(home.relativize(file).toString()), StandardCopyOption.COPY_ATTRIBUTES);
            }
            return to;
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static void assertEscrowApplies(LifeOffice office) {
        for (var finding : escrow(office).check(office.life(QA))) {
            assertEquals(List.of(), finding.complaints(), finding::toString);
        }
    }

    private static KeyState state(LifeOffice office, String cycle) {
        return office.life(QA).state(entry(office, cycle));
    }

    private static List<KeyId> signers(LifeOffice office) {
        return office.office().engine().keys().stream()
                .filter(key -> key.purpose() == KeyPurpose.SIGN)
                .map(dev.chancery.key.Key::id)
                .toList();
    }

    @Test
    void aBirthGoesOn() {
        int stops = stopEverywhere(FIRST, office -> create(office, Profile.PRIMARY_PER_CYCLE), office -> {
            assertEquals(KeyState.CERTIFIED, state(office, "2027a"));
            assertEquals(1, office.office().keys().size());
            assertEquals(1, office.office().primaryKeys().keys().size());
            assertEquals(List.of(), signers(office));
            assertEscrowApplies(office);
        });
        assertEquals(10, stops, "certificate, two times four revocations, ledger");
    }

    @ParameterizedTest
    @EnumSource
    void aPlanGoesOnAndTheKeyThatSignsSignsOn(Profile profile) {
        create(office(home, FIRST, Steps.onDisk()), profile);
        use(office(home, FIRST, Steps.onDisk()), "2027a");
        var active = signers(office(home, FIRST, Steps.onDisk()));
        int stops = stopEverywhere(PLANNED, InterruptedLifeTest::plan, office -> {
            assertEquals(KeyState.CERTIFIED, state(office, "2027b"));
            assertEquals(active, signers(office));
            assertEquals(2, office.office().keys().size());
            int primaries = office.office().primaryKeys().keys().size();
            assertEquals(profile == Profile.PRIMARY_PER_CYCLE ? 2 : 1, primaries);
        });
        assertEquals(profile == Profile.PRIMARY_PER_CYCLE ? 11 : 6, stops);
    }

    @Test
    void aPublicationAndAnActivationGoOn() {
        makeTwo(Profile.SUBKEY_PER_CYCLE);
        int published = stopEverywhere(
                PLANNED,
                office -> new KeyUse(office.life(QA)).publish(entry(office, "2027b")),
                office -> assertEquals(KeyState.PUBLISHED, state(office, "2027b")));
        assertEquals(2, published, "keyring and ledger");
        var office = office(home, PLANNED, Steps.onDisk());
        new KeyUse(office.life(QA)).publish(entry(office, "2027b"));
        int activated =
                stopEverywhere(SECOND, later -> new KeyUse(later.life(QA)).activate(entry(later, "2027b")), later -> {
                    assertEquals(KeyState.ACTIVE, state(later, "2027b"));
                    assertEquals(KeyState.DRAINING, state(later, "2027a"));
                    assertEquals(List.of(entry(later, "2027b").key()), signers(later));
                });
        assertEquals(1, activated, "the ledger, at once for both keys");
    }

    @ParameterizedTest
    @EnumSource
    void anExtensionGoesOn(Profile profile) {
        makeTwo(profile);
        var end = Cycle.day("2028-01-01");
        stopEverywhere(
                PLANNED,
                office -> new KeyChange(office, office.life(QA))
                        .extend(entry(office, "2027a"), end, Optional.of(escrow(office))),
                office -> {
                    var life = office.life(QA);
                    assertEquals(
                            Optional.of(end), life.facts(entry(office, "2027a")).expires());
                    assertEquals(
                            Optional.of(end),
                            life.ledger().signing().orElseThrow().until());
                    assertTrue(office.office().engine().keys().stream()
                            .anyMatch(key -> key.expires().equals(Optional.of(end))));
                    assertEscrowApplies(office);
                });
    }

    @ParameterizedTest
    @EnumSource(names = {"RETIRED", "COMPROMISED"})
    void aRevocationGoesOnAndNothingIsSignedInBetween(RevocationReason reason) {
        makeTwo(Profile.SUBKEY_PER_CYCLE);
        Consumer<LifeOffice> revoke = office -> new KeyChange(office, office.life(QA))
                .revoke(entry(office, "2027a"), new KeyChange.RevocationWish(reason, false, Optional.empty()));
        int stops = stopEverywhere(PLANNED, revoke, office -> {
            assertEquals(reason.isHard() ? KeyState.COMPROMISED : KeyState.RETIRED, state(office, "2027a"));
            assertEquals(List.of(), signers(office));
            assertTrue(office.office().keyring().read() != null);
        });
        assertEquals(4, stops, "ledger, certificate, keyring, ledger");
        Path copy = copy("in-between");
        assertTrue(stops(office(copy, PLANNED, new Stopping(new AtomicInteger(1))), revoke));
        assertEquals(List.of(), signers(office(copy, PLANNED, Steps.onDisk())));
    }

    @Test
    void nobodySeesAKeyThatIsPlanned() throws IOException {
        makeTwo(Profile.SUBKEY_PER_CYCLE);
        var office = office(home, PLANNED, Steps.onDisk());
        var keys = office.office().keys();
        assertEquals(2, keys.size());
        assertEquals(
                1, keys.stream().filter(office.office().keyring()::publishes).count());
        new KeyChange(office, office.life(QA))
                .extend(entry(office, "2027a"), Cycle.day("2028-01-01"), Optional.empty());
        assertEquals(
                1, keys.stream().filter(office.office().keyring()::publishes).count());
    }

    /// Secrets lie where they belong, under a mode that keeps others out, and nowhere else.
    @Test
    void noFileButKeysAndPassphrasesHoldsASecret() throws IOException {
        makeTwo(Profile.PRIMARY_PER_CYCLE);
        String keys = Files.readString(home.resolve("passphrase")).strip();
        try (Stream<Path> files = Files.walk(home)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                String text = Files.readString(file, StandardCharsets.ISO_8859_1);
                String name = home.relativize(file).toString();
                boolean secret = name.equals("passphrase") || name.startsWith("keys/") || name.startsWith("primary/");
                boolean says = text.contains(keys) || text.contains(PASSPHRASE) || text.contains("PRIVATE KEY");
                assertEquals(secret, says, name);
                if (secret) {
                    assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)), name);
                }
            }
        }
    }

    @Test
    void aSealedSoftRevocationThatAnExtensionOutlivedIsFound() {
        makeTwo(Profile.SUBKEY_PER_CYCLE);
        var office = office(home, PLANNED, Steps.onDisk());
        new KeyChange(office, office.life(QA))
                .extend(entry(office, "2027a"), Cycle.day("2028-01-01"), Optional.empty());
        var later = office(home, PLANNED.plusSeconds(5), Steps.onDisk());
        var packet = later.life(QA).packet(entry(later, "2027a")).fingerprintText();
        for (var finding : escrow(later).check(later.life(QA))) {
            boolean outlived =
                    finding.key().hex().equals(packet) && !finding.reason().isHard();
            assertEquals(outlived, !finding.complaints().isEmpty(), finding::toString);
        }
    }
}
