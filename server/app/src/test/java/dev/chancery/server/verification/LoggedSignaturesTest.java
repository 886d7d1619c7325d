// SPDX-License-Identifier: Apache-2.0
package dev.chancery.server.verification;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.chancery.algorithms.BouncyCastleHashes;
import dev.chancery.core.ArtifactName;
import dev.chancery.core.Authority;
import dev.chancery.core.Bytes;
import dev.chancery.core.Digest;
import dev.chancery.core.DigestAlgorithm;
import dev.chancery.core.Encoding;
import dev.chancery.core.FormatName;
import dev.chancery.core.UnavailableException;
import dev.chancery.files.KeyringDirectory;
import dev.chancery.formats.Formats;
import dev.chancery.key.KeyId;
import dev.chancery.key.PublicKey;
import dev.chancery.packet.BouncyCastleReading;
import dev.chancery.packet.PacketVersion;
import dev.chancery.server.GnupgKey;
import dev.chancery.server.keyring.Joinings;
import dev.chancery.server.keyring.PublishedKeyring;
import dev.chancery.store.Store;
import dev.chancery.store.StoreLocation;
import dev.chancery.store.ledger.EntryFacts;
import dev.chancery.store.ledger.EntryKind;
import dev.chancery.store.ledger.NewEntry;
import dev.chancery.store.ledger.Subject;
import dev.chancery.store.ledger.Submission;
import dev.chancery.store.request.Instance;
import dev.chancery.tree.TreeHash;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.spec.ECGenParameterSpec;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What of the log counts: by the keys of the keyring as it is now.
class LoggedSignaturesTest {
    private static final InstantSource CLOCK = InstantSource.fixed(Instant.parse("2026-03-01T00:00:00Z"));
    private static final Digest SUM =
            Digest.parse(DigestAlgorithm.SHA256, "2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824");

    @TempDir
    private Path directory;

    private Path keyring;
    private Store store;
    private LoggedSignatures signatures;
    private KeyId key;

    @BeforeEach
    void open() throws IOException, GeneralSecurityException {
        keyring = Files.createDirectory(directory.resolve("keyring"));
        store = Store.open(new StoreLocation.SqliteFile(directory.resolve("store.db")), new Instance("test"), CLOCK);
        signatures = new LoggedSignatures(
                store.ledger(),
                new PublishedKeyring(
                        new KeyringDirectory(keyring, Formats.all(new BouncyCastleHashes())),
                        store.ledger(),
                        new Joinings(List.of())));
        var generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"));
        byte[] spki = generator.generateKeyPair().getPublic().getEncoded();
        key = PublicKey.parse(spki).id();
        Files.writeString(
                keyring.resolve("qa.raw.pem"),
                "-----BEGIN PUBLIC KEY-----\n%s\n-----END PUBLIC KEY-----\n"
                        .formatted(Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII))
                                .encodeToString(spki)));
    }

    @AfterEach
    void close() {
        store.close();
    }

    private void log(EntryKind kind, String authority, String format, KeyId by) {
        var leaf = Bytes.of((kind + authority + format + by).getBytes(StandardCharsets.UTF_8));
        var facts = new EntryFacts(
                kind,
                Optional.of(new Authority(authority)),
                Optional.of(new FormatName(format)),
                Optional.of(Encoding.BINARY),
                Optional.of(by),
                Optional.empty(),
                CLOCK.instant());
        var subject = new Subject(SUM, Optional.empty(), new ArtifactName("a.jar"), Optional.empty());
        var entry = new NewEntry(Bytes.of(TreeHash.leaf(leaf).toArray()), leaf, facts, List.of(subject), leaf);
        store.ledger().append(List.of(new Submission(Optional.empty(), List.of(entry))));
    }

    private String counted() {
        store.ledger().publish(growth -> "checkpoint");
        return signatures.over(SUM).keySet().toString();
    }

    @Test
    void aSignatureCountsForTheAuthorityWhoseKeyMadeIt() {
        log(EntryKind.SIGNATURE, "qa", "raw", key);
        assertEquals("[qa (raw)]", counted());
        assertEquals(0, signatures.over(SUM).firstEntry().getValue().index());
    }

    /// Whoever is trusted no more is taken out of the keyring.
    @Test
    void withoutItsKeyInTheKeyringItCountsNoMore() throws IOException {
        log(EntryKind.SIGNATURE, "qa", "raw", key);
        Files.delete(keyring.resolve("qa.raw.pem"));
        assertEquals("[]", counted());
    }

    @Test
    void anotherAuthoritysKeyOrOneOfAnotherFormatIsNotTaken() {
        log(EntryKind.SIGNATURE, "release", "raw", key);
        log(EntryKind.SIGNATURE, "qa", "openpgp", key);
        log(EntryKind.SIGNATURE, "qa", "raw", new KeyId("00".repeat(32)));
        assertEquals("[]", counted());
    }

    /// The signature is of 2026-03-01, by a subkey of 2026-01-02.
    @ParameterizedTest
    @CsvSource({
        "3, 20260201T000000!, []",
        "3, 20260401T000000!, [qa (openpgp)]",
        "1, 20260401T000000!, []",
        "0, 20260401T000000!, []"
    })
    void whatACertificateSaysOfItsKeyCounts(String reason, String time, String expected)
            throws IOException, InterruptedException {
        try (var gnupg = GnupgKey.make(directory.resolve("home"), "qa")) {
            Path file = keyring.resolve("qa.openpgp.asc");
            Files.write(file, gnupg.exported());
            var subkey = BouncyCastleReading.certificates(Bytes.of(gnupg.exported()), PacketVersion.V4)
                    .getFirst()
                    .keys(CLOCK.instant())
                    .get(1);
            log(EntryKind.SIGNATURE, "qa", "openpgp", subkey.id().orElseThrow());
            assertEquals("[qa (openpgp)]", counted());
            gnupg.edit(time, "key 1", "revkey", "y", reason, "", "y", "save");
            Files.write(file, gnupg.exported());
            assertEquals(expected, counted());
        }
    }

    /// A statement counts by what it says; one that cannot be read says nothing, and is no signature either.
    @Test
    void neitherTagsNorStatementsAreSignaturesOverAnArtifact() {
        log(EntryKind.TAG, "qa", "raw", key);
        log(EntryKind.STATEMENT, "qa", "raw", key);
        assertEquals("[]", counted());
    }

    @Test
    void whatIsNotPublishedDoesNotCount() {
        log(EntryKind.SIGNATURE, "qa", "raw", key);
        assertEquals("[]", signatures.over(SUM).keySet().toString());
    }

    @Test
    void aKeyringThatCannotBeReadIsNoFaultOfWhoAsks() throws IOException {
        Files.writeString(keyring.resolve("stranger"), "");
        assertThrows(UnavailableException.class, () -> signatures.over(SUM));
    }
}
