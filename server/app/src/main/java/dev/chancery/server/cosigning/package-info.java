// SPDX-License-Identifier: Apache-2.0
/// Asks witnesses for their cosignatures (C2SP `tlog-witness` 1.0.0, the log's side), before a checkpoint is
/// shown to anyone and a signature leaves.
///
/// A policy (C2SP `tlog-policy`) says which witnesses there are, where, and how many of them are enough:
///
/// ```text
/// log log.example.org+53a1e5d9+AY...
/// witness one witness.example.net+f3cd46a6+BM... https://witness.example.net
/// witness two cosigner.example.com+0c4dd2b1+BJ... https://cosigner.example.com/witness
/// group any-of-them any one two
/// quorum any-of-them
/// ```
///
/// It has to name the log's own key, and the witnesses that have a URL (their submission prefix) have to be
/// enough for its quorum. The same file is what those who verify give to `chancery verify --log`.
///
/// One checkpoint is one round ([dev.chancery.server.cosigning.Witnesses]): all witnesses are asked at once,
/// each by a thread of its own, with a proof from the tree that it cosigned last. That is remembered, and
/// asked for where it is not known: a witness answers 409 with its size, and is asked again. Cosignatures are
/// verified before they count, and the checkpoint is opened by the policy before it is handed out.
///
/// Once the quorum has cosigned, those who answered the last time are waited for a little longer, so that a
/// receipt has their cosignatures, too; those who did not are not waited for. Without a quorum the round is
/// *unavailable*, and says of each witness why; nothing is remembered but the sizes, and the next round is
/// like any other.
///
/// | limit | value | why |
/// |---|---|---|
/// | witnesses that are asked | 32 ([dev.chancery.server.cosigning.Witnesses#WITNESSES_MAX]) | a note holds 64
/// signatures |
/// | a round | 5 s ([dev.chancery.server.cosigning.Witnesses#ROUND_MAX]) | whoever waits for a signature is told soon |
/// | for more cosignatures than are needed | 100 ms | what a signature may be late for them |
/// | an answer | 16 KiB | a line has 150 bytes, and a witness may have several keys |
@NullMarked
package dev.chancery.server.cosigning;

import org.jspecify.annotations.NullMarked;
