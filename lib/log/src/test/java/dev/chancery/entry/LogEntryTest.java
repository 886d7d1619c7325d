// SPDX-License-Identifier: Apache-2.0
package dev.chancery.entry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.chancery.core.Artifact;
import dev.chancery.core.ArtifactName;
import dev.chancery.core.Authority;
import dev.chancery.core.Bytes;
import dev.chancery.core.Digest;
import dev.chancery.core.DigestAlgorithm;
import dev.chancery.core.Encoding;
import dev.chancery.core.FormatName;
import dev.chancery.core.MalformedException;
import dev.chancery.core.RefusedException;
import dev.chancery.key.KeyId;
import dev.chancery.log.SampleLog;
import dev.chancery.note.KeyName;
import dev.chancery.note.KeyType;
import dev.chancery.note.NoteText;
import dev.chancery.note.SampleSigners;
import dev.chancery.note.VerifierKey;
import dev.chancery.tree.EntryBundle;
import dev.chancery.tree.TreeHash;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class LogEntryTest {
    private static final String SHA256 = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08";
    private static final Instant TIME = Instant.ofEpochSecond(1_772_366_400);
    private static final SignatureEntry SIGNATURE = signature(Optional.empty(), TIME);

    private static final String SIGNATURE_LEAF =
            "{\"apiVersion\":\"1\",\"kind\":\"https://chancery.dev/log/signature\",\"spec\":"
                    + "{\"artifact\":{\"name\":\"app \u00fc.jar\",\"sha256\":\"" + SHA256 + "\",\"size\":1234},"
                    + "\"authority\":\"release\",\"encoding\":\"armor\",\"format\":\"openpgp\",\"key\":\"" + SHA256
                    + "\","
                    + "\"signature_sha256\":\"" + SHA256 + "\",\"signed_at\":1772366400}}";
    private static final String KEY_LEAF =
            "{\"apiVersion\":\"1\",\"kind\":\"https://chancery.dev/log/key\",\"spec\":{\"at\":1772366400,"
                    + "\"authority\":\"release\",\"event\":\"revoked\",\"format\":\"minisign\",\"key\":\"" + SHA256
                    + "\","
                    + "\"public_key_sha256\":\"" + SHA256 + "\"}}";

    private static SignatureEntry signature(Optional<Digest> sha512, Instant time) {
        var artifact = new Artifact(new ArtifactName("app \u00fc.jar"), 1234);
        return new SignatureEntry(
                new SignatureEntry.Signed(artifact, sha256(), sha512),
                new SignatureEntry.By(
                        new Authority("release"), new KeyId(SHA256), new FormatName("openpgp"), Encoding.ARMOR),
                sha256(),
                time);
    }

    private static KeyEntry key(KeyEntry.Event event) {
        var owned = new KeyEntry.Owned(new Authority("release"), new FormatName("minisign"), new KeyId(SHA256));
        return new KeyEntry(owned, event, sha256(), TIME);
    }

    private static Digest sha256() {
        return Digest.parse(DigestAlgorithm.SHA256, SHA256);
    }

    static HashedRekord rekord(Bytes leaf) {
        return assertInstanceOf(HashedRekord.class, LogEntry.parse(leaf));
    }

    @Test
    void leavesAreWrittenAsThePackageCommentSays() {
        assertEquals(NoteText.bytes(SIGNATURE_LEAF), SIGNATURE.encode());
        assertEquals(NoteText.bytes(KEY_LEAF), key(KeyEntry.Event.REVOKED).encode());
        assertEquals(
                TreeHash.leaf(NoteText.bytes(KEY_LEAF)),
                key(KeyEntry.Event.REVOKED).leafHash());
    }

    @Test
    void leavesReadBack() {
        var sha512 = Digest.parse(DigestAlgorithm.SHA512, SHA256 + SHA256);
        for (LogEntry entry : List.of(SIGNATURE, signature(Optional.of(sha512), TIME))) {
            assertEquals(entry, LogEntry.parse(entry.encode()));
        }
        for (var event : KeyEntry.Event.values()) {
            assertEquals(key(event), LogEntry.parse(key(event).encode()));
        }
    }

    /// Facts: what cosign rebuilds from a bundle.
    @Test
    void aHashedRekordIsThatOfRekor() {
        var entry = Signed.by(KeyDetails.PKIX_ECDSA_P256_SHA_256).sign(new byte[0]);
        String expected = ("{\"apiVersion\":\"0.0.2\",\"kind\":\"hashedrekord\",\"spec\":{\"hashedRekordV002\":{"
                        + "\"data\":{\"algorithm\":\"SHA2_256\","
                        + "\"digest\":\"47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\"},"
                        + "\"signature\":{\"content\":\"%s\",\"verifier\":{\"keyDetails\":\"PKIX_ECDSA_P256_SHA_256\","
                        + "\"publicKey\":{\"rawBytes\":\"%s\"}}}}}}")
                .formatted(HashedRekord.base64(entry.signature()), HashedRekord.base64(entry.publicKey()));
        assertEquals(NoteText.bytes(expected), entry.encode());
    }

    @ParameterizedTest
    @EnumSource(
            value = KeyDetails.class,
            names = {"PKIX_RSA_PKCS1V15_4096_SHA256"},
            mode = EnumSource.Mode.EXCLUDE)
    void everyKindOfKeyReadsBack(KeyDetails details) {
        var entry = Signed.by(details).sign(new byte[] {1});
        assertEquals(details, entry.keyDetails());
        assertEquals(entry, LogEntry.parse(entry.encode()));
    }

    @Test
    void aHashedRekordOfAnotherKindIsMalformed() {
        var entry = Signed.by(KeyDetails.PKIX_ECDSA_P256_SHA_256).sign(new byte[] {1});
        var p384 = Signed.by(KeyDetails.PKIX_ECDSA_P384_SHA_384);
        assertThrows(
                MalformedException.class, () -> new HashedRekord(entry.digest(), entry.signature(), p384.publicKey()));
        var ed25519 = SampleSigners.log("a").key().subjectPublicKeyInfo();
        assertThrows(MalformedException.class, () -> new HashedRekord(entry.digest(), entry.signature(), ed25519));
        var longest = Bytes.of(new byte[HashedRekord.SIGNATURE_BYTES_MAX]);
        assertEquals(longest, new HashedRekord(entry.digest(), longest, entry.publicKey()).signature());
        for (int length : new int[] {0, HashedRekord.SIGNATURE_BYTES_MAX + 1}) {
            var wrong = Bytes.of(new byte[length]);
            assertThrows(MalformedException.class, () -> new HashedRekord(entry.digest(), wrong, entry.publicKey()));
        }
        String renamed =
                new String(entry.encode().toArray(), StandardCharsets.UTF_8).replace("P256_SHA_256", "P384_SHA_384");
        assertThrows(MalformedException.class, () -> LogEntry.parse(NoteText.bytes(renamed)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\\{\"apiVersion|{ \"apiVersion",
                "\"apiVersion\":\"1\",|",
                "\"apiVersion\":\"1\"|\"apiVersion\":\"2\"",
                "log.signature|log.other",
                "\"authority\":\"release\",|",
                "\"authority\":\"release\"|\"authority\":\"Release\"",
                "\"authority\":\"release\"|\"authority\":\"release\",\"requester\":\"ci\"",
                "\"encoding\":\"armor\",\"format\":\"openpgp\"|\"format\":\"openpgp\",\"encoding\":\"armor\"",
                "app|\\\\u0061pp",
                "1772366400|-1",
                "1772366400|253402300800",
                "1772366400|\"1772366400\"",
                "1234|9007199254740993",
                "9f86d081|9F86D081",
                "\\}\\}$|}}\n"
            })
    void whatIsSpelledOtherwiseIsMalformed(String change) {
        int bar = change.indexOf('|');
        String changed = SIGNATURE_LEAF.replaceAll(change.substring(0, bar), change.substring(bar + 1));
        assertNotEquals(SIGNATURE_LEAF, changed);
        assertThrows(MalformedException.class, () -> LogEntry.parse(NoteText.bytes(changed)), changed);
    }

    @Test
    void limitsOfLeaves() {
        var last = Instant.ofEpochSecond(LogEntry.TIME_SECONDS_MAX);
        var entry = signature(Optional.empty(), last);
        assertEquals(entry, LogEntry.parse(entry.encode()));
        assertThrows(MalformedException.class, () -> signature(Optional.empty(), last.plusSeconds(1)));
        assertThrows(MalformedException.class, () -> signature(Optional.empty(), TIME.plusNanos(1)));
        assertThrows(MalformedException.class, () -> signature(Optional.of(sha256()), TIME));
        var longer = Bytes.of(new byte[EntryBundle.ENTRY_BYTES_MAX + 1]);
        assertThrows(MalformedException.class, () -> LogEntry.parse(longer));
    }

    @Test
    void aTrustedRootIsOfTheLogsHost() {
        var key = SampleSigners.log("log.example").key();
        var root = new TrustedRoot(URI.create("https://log.example/log"), key, TIME.plusMillis(1));
        assertEquals(TIME, root.validFrom());
        for (String url :
                new String[] {"log.example", "https://other.example", "ftp://log.example", "https:log.example"}) {
            assertThrows(MalformedException.class, () -> new TrustedRoot(URI.create(url), key, TIME));
        }
        var cosigner = new VerifierKey(KeyType.ED25519_COSIGNATURE, new KeyName("log.example"), key.publicKey());
        assertThrows(
                MalformedException.class, () -> new TrustedRoot(URI.create("https://log.example"), cosigner, TIME));
    }

    @Test
    void aBundlesEntryIsMadeOfAReceiptThatHolds() {
        var entry = Signed.by(KeyDetails.PKIX_ECDSA_P256_SHA_256).sign(new byte[] {1});
        var other = Signed.by(KeyDetails.PKIX_ECDSA_P256_SHA_256).sign(new byte[] {1});
        var log = new SampleLog(List.of(other.encode(), entry.encode()));
        assertEquals(
                5,
                SigstoreLogEntry.of(entry, log.receipt(1), log.key.key())
                        .fields()
                        .size());
        assertThrows(RefusedException.class, () -> SigstoreLogEntry.of(entry, log.receipt(0), log.key.key()));
        var stranger = SampleSigners.log("other.example").key();
        assertThrows(RefusedException.class, () -> SigstoreLogEntry.of(entry, log.receipt(1), stranger));
    }
}
