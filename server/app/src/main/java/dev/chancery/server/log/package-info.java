// SPDX-License-Identifier: Apache-2.0
/// The transparency log of a server: what makes an entry of a signature, and lets nothing leave before it is
/// in there.
///
/// [dev.chancery.server.log.Sequencer] is one thread. What arrives while it is at work is one batch:
///
/// 1. **append**: the entries, the facts about them, the signatures and the answers of their requests become durable in
///    one transaction of the store, which also gives out the indexes;
/// 2. **publish**: tiles and entry bundles are written ([dev.chancery.server.log.TileFolder]), the root of
///    the tree is signed ([dev.chancery.server.log.LogPublisher]), and the checkpoint becomes durable in the store;
///    Where the log has witnesses ([dev.chancery.server.cosigning]), their quorum cosigns it before, one round for the
///    whole batch;
/// 3. **release**: whoever waits gets his receipt.
///
/// The commit point of a signature is the first transaction; that of its receipt is the second. A server that
/// dies between them leaves entries that nobody was told of; the next publication, by whatever server, has
/// them. There is no code for recovery beside that: the first thing that a sequencer does is to publish.
///
/// **Several servers** share one store and one folder. The store's locks make them take turns; each looks,
/// when it is its turn, how far the log has come meanwhile.
///
/// What makes an entry durable is the store. Full tiles are flushed too, partial ones are not: a batch waits for three
/// flushes, whatever its size. After a power cut partial tiles may be too short; the start finds them at the tree's
/// edge, and writes them again.
///
/// **A folder that was lost** (it has no checkpoint), or is an older one (it lacks the tree's right edge), is written
/// again at the start, from the entries in the store. A tile that is missing in the middle is found by
/// `chancery log verify`, and comes back when the checkpoint is removed before a start.
///
/// **A folder that knows more than the store** is the trace of a store that was put back from a backup. Such
/// a log must not go on, for it would sign a second history: the sequencer refuses to start (`log-fork`).
///
/// | limit | value | why |
/// |---|---|---|
/// | entries that wait | 20,000 ([dev.chancery.server.log.Sequencer#WAITING_ENTRIES_MAX]) | seconds of work; more are
/// *unavailable* |
/// | entries of a batch | 4,096 ([dev.chancery.server.log.Sequencer#BATCH_ENTRIES_MAX]) | bounds how long the first of
/// them waits |
@NullMarked
package dev.chancery.server.log;

import org.jspecify.annotations.NullMarked;
