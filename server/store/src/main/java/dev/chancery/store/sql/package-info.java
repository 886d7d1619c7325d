// SPDX-License-Identifier: Apache-2.0
/// The databases, as transactions and statements: the only package that sees `java.sql`.
///
/// A [Database] runs work as one transaction: [Database#write] (one at a time in SQLite, in parallel in
/// PostgreSQL, where it locks the rows it decides by), [Database#read], [Database#snapshot]. The work gets a
/// [Session], whose statements take values and give rows ([Row]); it sees no connection, and so leaves none
/// open. Whatever fails is an `UnavailableException` ([Failures]); then the transaction is rolled back and
/// the connection given up.
///
/// Statements are written in what SQLite and PostgreSQL have in common. Where they differ, the [Dialect] has
/// a word for it: `{integer}` (64 bits), `{text}` (ordered by its bytes), `{bytes}`, `{table}`, `{keyed}` in
/// migrations, and the end of a statement that locks rows.
///
/// Migrations ([Migrator]) are numbered resources, `0001-ledger.up.sql` and `0001-ledger.down.sql`, with
/// statements that end with `;` at the end of a line. The table `schema_migration` has the numbers of those
/// that were applied.
///
/// | what | how it is kept |
/// |---|---|
/// | time | microseconds since 1970-01-01T00:00:00Z |
/// | digest, key id, leaf | its bytes |
/// | anything else | its text |
@NullMarked
package dev.chancery.store.sql;

import org.jspecify.annotations.NullMarked;
