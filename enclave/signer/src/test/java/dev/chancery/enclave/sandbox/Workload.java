// SPDX-License-Identifier: Apache-2.0
package dev.chancery.enclave.sandbox;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.Signature;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.jar.JarFile;
import org.bouncycastle.crypto.params.Ed25519PrivateKeyParameters;
import org.bouncycastle.crypto.signers.Ed25519Signer;

/// What an enclave does all day, and what the JVM does beside it: after the seal, with nothing tried before
/// it.
final class Workload {
    private static final int CHURN_BYTES = 500 * 1024 * 1024;
    private static final int CHUNK_BYTES = 64 * 1024;
    private static final int VIRTUAL_THREADS = 1_000;
    private static final int PLATFORM_THREADS = 50;
    private static final int CLASSES = 300;

    private final FileChannel audit;
    private final List<String> classes;

    /// `library` is a jar of the class path.
    Workload(FileChannel audit, Path library) throws IOException {
        this.audit = audit;
        try (var jar = new JarFile(library.toFile())) {
            this.classes = jar.stream()
                    .map(entry -> entry.getName())
                    .filter(name ->
                            name.matches("org/bouncycastle/crypto/(engines|digests|modes)/[A-Za-z0-9]+\\.class"))
                    .map(name ->
                            name.substring(0, name.length() - ".class".length()).replace('/', '.'))
                    .limit(CLASSES)
                    .toList();
        }
    }

    void run() throws Exception {
        churn();
        compile();
        threads();
        load();
        sign();
        zones();
        record();
    }

    private static void churn() {
        byte[][] kept = new byte[100][];
        for (int i = 0; i < CHURN_BYTES / CHUNK_BYTES; i++) {
            kept[i % kept.length] = new byte[CHUNK_BYTES];
        }
        require(kept[kept.length - 1].length == CHUNK_BYTES);
    }

    private static void compile() {
        long sum = 0;
        for (int i = 0; i < 5_000_000; i++) {
            sum += Integer.toString(i & 0xff).hashCode() ^ Long.rotateLeft(sum, i);
        }
        require(sum != 42);
    }

    private static void threads() throws Exception {
        try (var virtual = Executors.newVirtualThreadPerTaskExecutor();
                var platform = Executors.newFixedThreadPool(PLATFORM_THREADS)) {
            var results = new ArrayList<Future<Integer>>();
            for (int i = 0; i < VIRTUAL_THREADS; i++) {
                int number = i;
                results.add(virtual.submit(() -> {
                    Thread.sleep(5);
                    return number;
                }));
            }
            for (int i = 0; i < PLATFORM_THREADS; i++) {
                int number = i;
                results.add(platform.submit(() -> number));
            }
            for (var result : results) {
                require(result.get() >= 0);
            }
        }
    }

    private void load() throws ClassNotFoundException {
        require(classes.size() > 100);
        for (String name : classes) {
            Class.forName(name);
        }
        Class.forName("java.sql.Timestamp");
        Class.forName("javax.naming.InitialContext");
        Class.forName("java.util.concurrent.Phaser");
    }

    private static void sign() throws GeneralSecurityException {
        byte[] message = new byte[100];
        var random = new SecureRandom();
        random.nextBytes(message);
        SecureRandom.getInstanceStrong().nextBytes(message);
        var key = new Ed25519PrivateKeyParameters(random);
        var signer = new Ed25519Signer();
        signer.init(true, key);
        signer.update(message, 0, message.length);
        byte[] signature = signer.generateSignature();
        signer.init(false, key.generatePublicKey());
        signer.update(message, 0, message.length);
        require(signer.verifySignature(signature));
        for (String algorithm : List.of("SHA256withECDSA", "Ed25519")) {
            var pair = KeyPairGenerator.getInstance(algorithm.equals("Ed25519") ? "Ed25519" : "EC")
                    .generateKeyPair();
            var jca = Signature.getInstance(algorithm);
            jca.initSign(pair.getPrivate());
            jca.update(message);
            require(jca.sign().length > 0);
        }
    }

    private static void zones() {
        var time = ZonedDateTime.now(ZoneId.of("Europe/Berlin"));
        String text = time.format(
                DateTimeFormatter.ofLocalizedDateTime(FormatStyle.FULL).withLocale(Locale.GERMANY));
        require(text.contains("Mitteleurop"));
        require(!"%s %,d".formatted(time, 1_000_000).isEmpty());
        System.getLogger("work").log(System.Logger.Level.DEBUG, "unseen");
    }

    private void record() throws IOException {
        try (var lock = audit.lock()) {
            require(lock.isValid());
            audit.write(ByteBuffer.wrap("one line\n".getBytes(java.nio.charset.StandardCharsets.US_ASCII)));
            audit.force(true);
        }
    }

    private static void require(boolean holds) {
        if (!holds) {
            throw new IllegalStateException("the work went wrong");
        }
    }
}
