// SPDX-License-Identifier: Apache-2.0
import org.jspecify.annotations.NullMarked;

/// What a server remembers. Nobody else sees `java.sql`, and no type of it is in what is exported.
@NullMarked
module dev.chancery.store {
    requires static org.jspecify;
    requires transitive dev.chancery.core;
    requires java.sql;
    requires org.xerial.sqlitejdbc;
    requires org.postgresql.jdbc;
    requires com.zaxxer.hikari;

    exports dev.chancery.store;
    exports dev.chancery.store.job;
    exports dev.chancery.store.ledger;
    exports dev.chancery.store.request;
    exports dev.chancery.store.tag;
    exports dev.chancery.store.token;
}
