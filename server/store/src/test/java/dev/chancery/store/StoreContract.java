// SPDX-License-Identifier: Apache-2.0
package dev.chancery.store;

import dev.chancery.store.request.Instance;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/// What both dialects have to keep: each test class that extends this runs once on SQLite and once on PostgreSQL.
@ParameterizedClass
@EnumSource(Database.class)
public abstract class StoreContract {
    @Parameter
    protected Database database = Database.SQLITE;

    @TempDir
    protected Path directory = Path.of("");

    protected final Watch watch = new Watch();
    private final List<Store> opened = new ArrayList<>();
    private int places;
    protected StoreLocation location;
    protected Store store;

    @BeforeEach
    void openStore() {
        location = newLocation();
        store = another("server-1");
    }

    @AfterEach
    void closeStores() {
        opened.forEach(Store::close);
    }

    /// A place where no store is.
    protected StoreLocation newLocation() {
        return switch (database) {
            case SQLITE -> new StoreLocation.SqliteFile(directory.resolve("store-" + ++places + ".db"));
            case POSTGRES -> TestServer.schema();
        };
    }

    /// The same store, opened by another server, or by the same after a restart.
    protected Store another(String instance) {
        return open(location, instance);
    }

    protected Store open(StoreLocation at, String instance) {
        var other = Store.open(at, new Instance(instance), watch);
        opened.add(other);
        return other;
    }
}
