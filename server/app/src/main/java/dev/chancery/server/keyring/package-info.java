// SPDX-License-Identifier: Apache-2.0
/// The keyring that a server hands out: the public key files of its folder, and what the log says of them since.
///
/// **The folder decides whose key is whose.** An update is of a certificate that the folder has for an authority;
/// no call
/// brings in a key that the folder does not vouch for, and a certificate that is taken out of the folder is gone
/// with all that
/// was said of it.
///
/// **The log has the updates.** An extended, revoked or certified OpenPGP certificate is joined with what there is
/// (`dev.chancery.packet.CertificateJoining`) and becomes an entry about its key, whose blob is the whole joined
/// certificate. What
/// is handed out is the join of the folder's certificate with those of all entries. Joining takes nothing back and
/// does not mind the order, so servers that take updates at the same moment need no lock, and all that have the
/// same log hand out the same. An entry counts once it is published.
///
/// **Turns.** Before the first signature by a key that takes the place of another one the log says that it is
/// `activated`, and of
/// each key before it that signed and that no enclave which answers has in use any more, that it is `released`; or that
/// it is
/// `retired` or `revoked`, where its certificate is and the log did not say so yet ([KeyTurns]). A key that came in the
/// folder
/// is `announced` first. What an enclave signs by is the word of its ledger; the server tells what it sees.
///
/// **What is refused**: `certificate-older`, an update that brings nothing and lacks something;
/// `certificate-revival`, one by which a
/// retired key would be in force again; `certificate-key`, one of another key; `keyring`, one that would make the
/// keyring
/// contradict itself, as another authority's key for a subkey would.
///
/// | limit | value | why |
/// |---|---|---|
/// | an update | 1 MiB, and together with what there is 1,000 signatures | those of `CertificateJoining` |
@NullMarked
package dev.chancery.server.keyring;

import org.jspecify.annotations.NullMarked;
