// SPDX-License-Identifier: Apache-2.0
package dev.chancery.entry;

import static org.junit.jupiter.api.Assertions.assertNotEquals;

import dev.chancery.core.Bytes;
import dev.chancery.json.Json;
import dev.chancery.json.JsonFields;
import dev.chancery.log.LogPolicy;
import dev.chancery.log.Receipt;
import dev.chancery.log.SampleLog;
import dev.chancery.note.KeyName;
import dev.chancery.note.NoteText;
import dev.chancery.note.SampleSigners;
import dev.chancery.note.VerifierKey;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Stock cosign 3 proves that our log has a signature: offline, and without any flag that says not to.
class CosignTest {
    private static final byte[] CONTENT = "an artifact\n".getBytes(StandardCharsets.US_ASCII);
    private static final int INDEX = 3;

    @TempDir
    Path folder = Path.of("");

    private static SampleLog logOf(HashedRekord entry) {
        var entries = new ArrayList<Bytes>();
        for (int i = 0; i < 5; i++) {
            entries.add(i == INDEX ? entry.encode() : NoteText.bytes("entry " + i));
        }
        return new SampleLog(entries);
    }

    private void write(String name, String content) throws IOException {
        Files.writeString(folder.resolve(name), content);
    }

    /// Everything that a verifier needs, good.
    private SampleLog prepare(Signed signer) throws IOException {
        HashedRekord entry = signer.sign(CONTENT);
        SampleLog log = logOf(entry);
        Files.write(folder.resolve("artifact"), CONTENT);
        write("other", "another artifact\n");
        write("key.pub", signer.pem());
        write("other.pub", Signed.by(signer.details()).pem());
        write("root.json", trustedRoot(log.key.key()));
        write("other-root.json", trustedRoot(SampleSigners.log("other.example").key()));
        write("bundle", bundle(entry, SigstoreLogEntry.of(entry, log.receipt(INDEX), log.key.key())));
        return log;
    }

    private static String trustedRoot(VerifierKey key) {
        var named = new VerifierKey(key.type(), new KeyName(SampleLog.ORIGIN), key.publicKey());
        return new TrustedRoot(URI.create("https://" + SampleLog.ORIGIN), named, Instant.parse("2026-01-01T00:00:00Z"))
                .write();
    }

    private static String bundle(HashedRekord entry, Json logEntry) {
        var material = new JsonFields()
                .put("publicKey", new JsonFields().put("hint", "a key").toJson())
                .put("tlogEntries", List.of(logEntry));
        var digest = new JsonFields()
                .put("algorithm", "SHA2_" + 8 * entry.digest().algorithm().digestBytes())
                .put("digest", HashedRekord.base64(Bytes.of(entry.digest().bytes())));
        var signature = new JsonFields()
                .put("messageDigest", digest.toJson())
                .put("signature", HashedRekord.base64(entry.signature()));
        return new JsonFields()
                .put("mediaType", "application/vnd.dev.sigstore.bundle.v0.3+json")
                .put("verificationMaterial", material.toJson())
                .put("messageSignature", signature.toJson())
                .toJson()
                .line();
    }

    private StockJudge.Answer cosign(String key, String root, String bundle, String artifact) {
        return StockJudge.COSIGN.run(
                folder, "verify-blob", "--key", key, "--trusted-root", root, "--bundle", bundle, artifact);
    }

    @ParameterizedTest
    @EnumSource(
            value = KeyDetails.class,
            names = {"PKIX_ECDSA_P256_SHA_256", "PKIX_RSA_PKCS1V15_3072_SHA256"})
    void cosignAcceptsOurLogsEntry(KeyDetails details) throws IOException {
        prepare(Signed.by(details));
        cosign("key.pub", "root.json", "bundle", "artifact").assertAccepts();
        cosign("key.pub", "root.json", "bundle", "other").assertRefuses();
        cosign("other.pub", "root.json", "bundle", "artifact").assertRefuses();
        cosign("key.pub", "other-root.json", "bundle", "artifact").assertRefuses();
    }

    @Test
    void cosignRefusesWhatTheLogDoesNotProve() throws IOException {
        var signer = Signed.by(KeyDetails.PKIX_ECDSA_P256_SHA_256);
        var log = prepare(signer);
        String good = Files.readString(folder.resolve("bundle"));
        List<String> hashes =
                log.receipt(INDEX).path().stream().map(Object::toString).toList();
        String swapped = good.replace(hashes.get(0), "SWAP").replace(hashes.get(1), hashes.get(0));
        refuses(good, swapped.replace("SWAP", hashes.get(1)));
        refuses(good, good.replace("\"logIndex\":\"3\"", "\"logIndex\":\"2\""));
        refuses(
                good,
                good.replaceFirst("\"tlogEntries\":.*,\"messageSignature", "\"tlogEntries\":[]},\"messageSignature"));
        // The entry of another signature by the same key over the same content.
        HashedRekord again = signer.sign(CONTENT);
        HashedRekord logged = LogEntryTest.rekord(log.entries.get(INDEX));
        refuses(good, bundle(again, SigstoreLogEntry.of(logged, log.receipt(INDEX), log.key.key())));
        write("bundle", good);
        cosign("key.pub", "root.json", "bundle", "artifact").assertAccepts();
    }

    private void refuses(String good, String changed) throws IOException {
        assertNotEquals(good, changed);
        write("bundle", changed);
        cosign("key.pub", "root.json", "bundle", "artifact").assertRefuses();
    }

    /// For clients that only know tlog-proof, the same entry.
    @Test
    void theReceiptOfTheSameEntryIsAcceptedToo() throws IOException {
        var log = prepare(Signed.by(KeyDetails.PKIX_ECDSA_P256_SHA_256));
        Files.write(folder.resolve("entry"), log.entries.get(INDEX).toArray());
        Files.write(
                folder.resolve("policy"), LogPolicy.ofLog(log.key.key()).write().toArray());
        Receipt receipt = log.receipt(INDEX);
        Files.write(folder.resolve("receipt"), receipt.write().toArray());
        StockJudge.LOG.run(folder, "receipt", "policy", "receipt", "entry").assertAccepts();
    }
}
