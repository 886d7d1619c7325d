// SPDX-License-Identifier: Apache-2.0
/// The ledger: what the transparency log is made of, in the order of its indexes.
///
/// An entry is a leaf of the log (the bytes that RFC 6962, section 2.1 hashes), the facts by which it is
/// found, and the signature or statement itself, which is stored once under its SHA-256. Indexes are 0, 1, 2
/// … without a gap.
///
/// **Appending** ([Ledger#append]) is one transaction for a whole batch, and holds the lock of one row from
/// its beginning to its commit. That lock elects the sequencer: whichever of several servers has it gives out
/// the next indexes, and when it dies the database gives the lock to the next. The index is the table's
/// primary key besides.
///
/// **Publishing** ([Ledger#publish]) is what happens to entries between their commit and the world: somebody
/// ([Publisher]) writes tiles and signs a checkpoint, and its text is stored. What was appended and not
/// published when a server died is published the next time, by the same code.
///
/// **Time.** [Entry#logged()] is when an entry was appended, by the store's clock, and never goes back from
/// one entry to the next, also when the clock does; so a range of time is a range of indexes.
/// [EntryFacts#made()] is what the signature says.
///
/// | limit | value | why |
/// |---|---|---|
/// | leaf | 65,535 bytes ([NewEntry#LEAF_BYTES_MAX]) | C2SP tlog-tiles has its length in 16 bits |
/// | blob | 1 MiB ([NewEntry#BLOB_BYTES_MAX]) | `Signature.BYTES_MAX`; a statement in its envelope fits |
/// | subjects of an entry | 1,000 ([NewEntry#SUBJECTS_MAX]) | those of a statement |
/// | entries of a batch | 10,000 ([Ledger#BATCH_ENTRIES_MAX]) | bounds how long the row is locked |
/// | entries of a page | 1,000 ([Page#ENTRIES_MAX]) | bounds memory |
@NullMarked
package dev.chancery.store.ledger;

import org.jspecify.annotations.NullMarked;
