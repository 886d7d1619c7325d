// SPDX-License-Identifier: Apache-2.0
package dev.chancery.store.ledger;

import static dev.chancery.store.Sample.bare;

import dev.chancery.store.Sample;
import dev.chancery.store.Store;
import dev.chancery.store.StoreLocation;
import dev.chancery.store.Watch;
import dev.chancery.store.request.Instance;
import java.nio.file.Path;
import java.util.Random;

/// A process that appends until it is killed, and says for each entry where it is as soon as it may.
final class AppendingProcess {
    private AppendingProcess() {}

    public static void main(String[] arguments) {
        String place = arguments[0];
        StoreLocation location = place.startsWith("jdbc:")
                ? new StoreLocation.Postgres(place, "postgres", "postgres"::toCharArray)
                : new StoreLocation.SqliteFile(Path.of(place));
        var random = new Random(place.hashCode());
        var store = Store.open(location, new Instance("server-2"), new Watch());
        for (int number = 0; true; ) {
            var items = new Item[1 + random.nextInt(20)];
            var names = new String[items.length];
            for (int i = 0; i < items.length; i++) {
                names[i] = arguments[1] + " " + number++;
                items[i] = bare(names[i]);
            }
            var indexes = Sample.append(store.ledger(), items);
            var lines = new StringBuilder();
            for (int i = 0; i < items.length; i++) {
                lines.append(indexes.get(i)).append(' ').append(names[i]).append('\n');
            }
            System.out.print(lines);
            System.out.flush();
        }
    }
}
