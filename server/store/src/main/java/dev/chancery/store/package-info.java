// SPDX-License-Identifier: Apache-2.0
/// What a server remembers: one SQL store in two dialects, SQLite for one server, PostgreSQL for several.
///
/// A [Store] has five parts, each in a package of its own:
///
/// | part | what | package |
/// |---|---|---|
/// | [Store#ledger()] | the entries of the transparency log, in the order of their indexes |
/// `dev.chancery.store.ledger` |
/// | [Store#requests()] | what was asked with an Idempotency-Key, and its answer | `dev.chancery.store.request` |
/// | [Store#tokens()] | API tokens, by the hash of their secret | `dev.chancery.store.token` |
/// | [Store#tags()] | the payloads of tags, written once | `dev.chancery.store.tag` |
/// | [Store#jobs()] | what workers are to sign | `dev.chancery.store.job` |
///
/// What a call has written is durable when it returns: SQLite runs in WAL mode with `synchronous=FULL`,
/// PostgreSQL with `synchronous_commit` on (what the database server does with `fsync` is up to who runs it).
/// Every call is one transaction. A store that cannot be asked now is an `UnavailableException`, whatever the
/// cause, with the time after which to ask again; the same store goes on when the cause is gone, without
/// being opened again. Then the call had no effect, or the connection was lost while it was being made
/// durable: each call that writes may be made again, and says that it had been done.
///
/// Opening a store brings its tables to the program's schema, under a lock, in one transaction. A store whose
/// schema is newer than the program is malformed. All parts may be used by any number of threads.
@NullMarked
package dev.chancery.store;

import org.jspecify.annotations.NullMarked;
