// SPDX-License-Identifier: Apache-2.0
package dev.chancery.enclave;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.chancery.core.Authority;
import dev.chancery.core.FormatName;
import dev.chancery.core.MalformedException;
import dev.chancery.core.RefusedException;
import dev.chancery.key.Key;
import dev.chancery.key.KeyId;
import dev.chancery.key.KeyProvider;
import dev.chancery.key.KeyPurpose;
import dev.chancery.key.PublicKey;
import dev.chancery.key.SignatureValue;
import dev.chancery.key.SigningKey;
import dev.chancery.key.ToBeSigned;
import dev.chancery.life.CertificationPolicy;
import dev.chancery.life.Cycle;
import dev.chancery.life.Fingerprint;
import dev.chancery.life.Ledger;
import dev.chancery.life.Profile;
import dev.chancery.policy.Label;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Of an authority's keys with cycles the one signs that the ledger names, and no other, however new it is.
class ActiveKeysTest {
    private static final Authority QA = new Authority("qa");
    private static final Authority OTHER = new Authority("other");
    private static final Instant CREATED = Instant.parse("2027-01-01T00:00:00Z");
    private static final Instant UNTIL = Instant.parse("2027-08-01T00:00:00Z");

    private final Key old = key(QA, "openpgp", 1, Optional.empty());
    private final Key newest = key(QA, "openpgp", 2, Optional.empty());
    private final Key raw = key(QA, "raw", 3, Optional.empty());
    private final Key others = key(OTHER, "openpgp", 4, Optional.empty());
    private final Keys keys = new Keys(List.of(old, newest, raw, others));

    private static Key key(Authority authority, String format, int number, Optional<Instant> expires) {
        byte[] point = new byte[32];
        point[0] = (byte) number;
        var name = new FormatName(format);
        return new Key(authority, name, KeyPurpose.SIGN, CREATED, expires, Optional.empty(), PublicKey.ed25519(point));
    }

    private record Keys(List<Key> keys) implements KeyProvider {
        @Override
        public SigningKey open(KeyId id) {
            var key =
                    keys.stream().filter(one -> one.id().equals(id)).findFirst().orElseThrow();
            return new SigningKey() {
                @Override
                public Key key() {
                    return key;
                }

                @Override
                public SignatureValue sign(ToBeSigned toBeSigned) {
                    return SignatureValue.of(new byte[64]);
                }
            };
        }
    }

    private Ledger ledger(Optional<Ledger.Signing> signing) {
        var entries = new ArrayList<Ledger.Entry>();
        for (var key : List.of(old, newest)) {
            var cycle = new Cycle(
                    new Label("c" + entries.size()), CREATED, CREATED.plusSeconds(86_400), Duration.ofDays(1));
            entries.add(new Ledger.Entry(key.id(), new Fingerprint("A".repeat(40)), cycle, Ledger.Uses.NONE));
        }
        return new Ledger(QA, Profile.SUBKEY_PER_CYCLE, CertificationPolicy.NONE, entries, signing);
    }

    private ActiveKeys signingBy(Optional<Key> key, Optional<Instant> until) {
        return new ActiveKeys(keys, List.of(ledger(key.map(one -> new Ledger.Signing(one.id(), until)))));
    }

    private static List<KeyId> ids(KeyProvider keys) {
        return keys.keys().stream().map(Key::id).toList();
    }

    @Test
    void theNamedKeySignsAndNotTheNewest() {
        var active = signingBy(Optional.of(old), Optional.empty());
        assertEquals(List.of(old.id(), raw.id(), others.id()), ids(active));
        assertEquals(old, active.open(old.id()).key());
        assertEquals(
                "key-state",
                assertThrows(RefusedException.class, () -> active.open(newest.id()))
                        .rule());
    }

    @Test
    void withoutAHandleNoneOfThemSigns() {
        var active = signingBy(Optional.empty(), Optional.empty());
        assertEquals(List.of(raw.id(), others.id()), ids(active));
        assertThrows(RefusedException.class, () -> active.open(old.id()));
        assertEquals(others, active.open(others.id()).key());
    }

    @Test
    void theEndIsTheEarlierOne() {
        assertEquals(
                Optional.of(UNTIL),
                signingBy(Optional.of(old), Optional.of(UNTIL))
                        .open(old.id())
                        .key()
                        .expires());
        var ending = key(QA, "openpgp", 1, Optional.of(UNTIL.minusSeconds(1)));
        var handle = new Ledger.Signing(ending.id(), Optional.of(UNTIL));
        var active = new ActiveKeys(new Keys(List.of(ending)), List.of(ledger(Optional.of(handle))));
        assertEquals(ending.expires(), active.keys().getFirst().expires());
        assertEquals(ending, active.open(ending.id()).key());
    }

    @Test
    void ledgersAreReadFromTheirDirectoryAndNoDirectoryHasNone(@TempDir Path directory) throws IOException {
        assertEquals(ids(keys), ids(ActiveKeys.of(keys, directory.resolve("absent"))));
        Files.createDirectory(directory.resolve("qa"));
        Files.createDirectory(directory.resolve("without"));
        Path file = directory.resolve("qa").resolve("ledger.json");
        var handle = new Ledger.Signing(old.id(), Optional.empty());
        Files.write(file, ledger(Optional.of(handle)).toBytes().toArray());
        assertEquals(List.of(old.id(), raw.id(), others.id()), ids(ActiveKeys.of(keys, directory)));
    }

    /// Passing over it would have an older key sign again, or two.
    @Test
    void aLedgerThatIsNotRightIsAnError(@TempDir Path directory) throws IOException {
        Path qa = Files.createDirectory(directory.resolve("qa"));
        Files.writeString(qa.resolve("ledger.json"), "{}", StandardCharsets.UTF_8);
        assertThrows(MalformedException.class, () -> ActiveKeys.of(keys, directory));
        Path other = Files.createDirectory(directory.resolve("other"));
        Files.delete(qa.resolve("ledger.json"));
        Files.write(
                other.resolve("ledger.json"), ledger(Optional.empty()).toBytes().toArray());
        assertThrows(MalformedException.class, () -> ActiveKeys.of(keys, directory));
    }
}
