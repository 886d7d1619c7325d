// SPDX-License-Identifier: Apache-2.0
/// Merkle trees of RFC 6962 and RFC 9162, section 2.1, and the tiles (C2SP `tlog-tiles`, version 0.1.0) that
/// they are stored in. Nothing here knows where: tiles are read through [TileSource], and what must be
/// written is handed out.
///
/// | | SHA-256 of |
/// |---|---|
/// | leaf | `0x00 ‖ entry` |
/// | node | `0x01 ‖ left ‖ right` |
/// | empty tree | nothing |
///
/// ```text
/// tile/L/N          256 hashes of 32 bytes, of which hash i is MTH(D[(N*256+i) * 256^L : (N*256+i+1) * 256^L])
/// tile/L/N.p/W      the first W = 1..255 of them, at the right edge
/// tile/entries/N    256 entries, each after its length as two big-endian bytes;  N.p/W likewise
/// ```
///
/// N is written in groups of three digits, all but the last with an `x` before: 1234067 is `x001/x234/067`. A
/// tree of 70,000 entries has 273 full tiles and one of width 112 at level 0, one full and one of width 17 at
/// level 1, and one of width 1 at level 2.
///
/// - [InclusionProof] and [ConsistencyProof] are checked by the steps of RFC 9162.
/// - [TileTree] reads roots and proofs for every size up to the log's out of tiles.
/// - [TreeEdge] is the right edge of a tree in memory. It grows by a batch of entries into a [Growth]: the next edge,
///   the root, the files to write, and the proof of each new entry. Both are immutable: who cannot write the files
///   keeps the old edge, and nothing has happened.
/// - [TreeAudit] builds the whole tree again from the entries, and compares every tile with what it must be.
///
/// | limit | value | why |
/// |---|---|---|
/// | entry | 65,535 bytes ([EntryBundle#ENTRY_BYTES_MAX]) | its length has two bytes |
/// | size of a tree | 2^40 ([TreeHash#SIZE_MAX]) | 1,000 entries a second for 34 years; products of sizes stay exact |
/// | hashes in a proof | 63 | the height of a tree of less than 2^63 entries |
/// | tiles in memory | 256 ([TileTree#CACHED_TILES_MAX]) | 10 MB of hashes |
/// | batch | 65,536 entries ([TreeEdge#BATCH_ENTRIES_MAX]) | bounds what one batch holds in memory |
package dev.chancery.tree;
