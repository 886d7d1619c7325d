// SPDX-License-Identifier: Apache-2.0
package dev.chancery.benchmarks;

import dev.chancery.core.ArtifactName;
import dev.chancery.core.Authority;
import dev.chancery.core.Bytes;
import dev.chancery.core.Digest;
import dev.chancery.core.DigestAlgorithm;
import dev.chancery.note.KeyName;
import dev.chancery.server.log.LogKey;
import dev.chancery.server.log.Sequencer;
import dev.chancery.server.log.TileFolder;
import dev.chancery.store.Store;
import dev.chancery.store.StoreLocation;
import dev.chancery.store.ledger.EntryFacts;
import dev.chancery.store.ledger.EntryKind;
import dev.chancery.store.ledger.Item;
import dev.chancery.store.ledger.NewEntry;
import dev.chancery.store.ledger.Subject;
import dev.chancery.store.ledger.Submission;
import dev.chancery.store.request.Instance;
import dev.chancery.tree.TreeHash;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/// The log alone, without an enclave and without HTTP: `LogLoad DIRECTORY SUBMITTERS BATCH SECONDS`. Each entry has a
/// leaf of 400 octets, a signature of 150 and one artifact; it counts when it is in the store (SQLite), in the tiles
/// and
/// under a signed checkpoint, all of it on the disk, and has its receipt. The first third of the time is not counted.
public final class LogLoad {
    private static final int LEAF_BYTES = 400;
    private static final int SIGNATURE_BYTES = 150;

    private final AtomicInteger next = new AtomicInteger();
    private final AtomicLong done = new AtomicLong();

    private LogLoad() {}

    public static void main(String[] arguments) throws Exception {
        var directory = Path.of(arguments[0]);
        int submitters = Integer.parseInt(arguments[1]);
        int batch = Integer.parseInt(arguments[2]);
        long seconds = Long.parseLong(arguments[3]);
        var key = directory.resolve("log.pem");
        LogKey.make(key, new SecureRandom());
        var load = new LogLoad();
        var location = new StoreLocation.SqliteFile(directory.resolve("store.db"));
        try (var store = Store.open(location, new Instance("load"), Clock.systemUTC());
                var sequencer = new Sequencer(
                        store.ledger(),
                        new TileFolder(directory.resolve("log")),
                        LogKey.read(key, new KeyName("log.example")))) {
            long end = System.nanoTime() + seconds * 1_000_000_000;
            var threads = new ArrayList<Thread>();
            for (int i = 0; i < submitters; i++) {
                threads.add(Thread.ofVirtual().start(() -> load.submit(sequencer, batch, end)));
            }
            Thread.sleep(seconds * 1_000 / 3);
            long begin = System.nanoTime();
            long before = load.done.get();
            for (var thread : threads) {
                thread.join();
            }
            System.out.printf(
                    "log alone, %d submitters of %d entries: %.0f entries/s%n",
                    submitters, batch, (load.done.get() - before) * 1e9 / (System.nanoTime() - begin));
        }
    }

    private void submit(Sequencer sequencer, int batch, long end) {
        while (System.nanoTime() < end) {
            var items = new ArrayList<Item>();
            for (int i = 0; i < batch; i++) {
                items.add(entry(next.getAndIncrement()));
            }
            var sequenced =
                    sequencer.submit(new Submission(Optional.empty(), items)).join();
            long receipts = sequenced.items().orElseThrow().stream()
                    .filter(logged -> logged.receipt().isPresent())
                    .count();
            done.addAndGet(receipts);
        }
    }

    private static NewEntry entry(int number) {
        var leaf = Bytes.of("%%0%dd".formatted(LEAF_BYTES).formatted(number).getBytes(StandardCharsets.US_ASCII));
        byte[] hash = TreeHash.leaf(leaf).toArray();
        var facts = new EntryFacts(
                EntryKind.SIGNATURE,
                Optional.of(new Authority("qa")),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Clock.systemUTC().instant());
        var subject = new Subject(
                new Digest(DigestAlgorithm.SHA256, hash),
                Optional.empty(),
                new ArtifactName("artifact-" + number),
                Optional.of(1_000L));
        byte[] signature = Arrays.copyOf(hash, SIGNATURE_BYTES);
        return new NewEntry(Bytes.of(hash), leaf, facts, List.of(subject), Bytes.of(signature));
    }
}
