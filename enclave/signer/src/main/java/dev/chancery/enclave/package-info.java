// SPDX-License-Identifier: Apache-2.0
/// The engine: the only code that asks a private key for a signature.
///
/// For each request, in this order:
///
/// 1. For each artifact that the signature will speak of, a signing rule permits it, or it is refused
/// (`no-signing-rule`, `signing-rule:<name>`). No rule, no
///    signature.
/// 2. The key is chosen by its handle. Without one there must be exactly one key of the authority for the
///    format that can sign now; *the newest* is never chosen (`no-key`, `key-choice`, `key-expired`).
/// 3. The key's bond is checked again: its authority, its format, its purpose (`key-bond`).
/// 4. Where the format has a salt (`openpgp6`), it is one that the engine issued to this asker, not more than six hours
///    ago, and it is used up now, whatever comes of it (`salt`).
/// 5. The format builds the signed bytes from the content's measurements and the engine's clock; the key signs
///    them.
/// 6. The verifying code, which shares nothing with the making but the standard, checks the result against the
///    content and the public key. A signature that fails is not handed out.
/// 7. The decision, whichever it is, goes to the audit log ([dev.chancery.enclave.audit]). What cannot be recorded
///    does not leave: *unavailable*.
///
/// A salt is drawn by the enclave's own source of randomness when it is asked for, at most 4,000 of them
/// unused by one asker. Why the asker does not draw it himself: whether it was random, and whether it was
/// used twice, would rest on each client; with one bad source of randomness the protection that the salt
/// gives against contents that others have prepared (see [dev.chancery.openpgp6]) is gone and nobody sees it.
/// What it would not cost: no signature of another kind, over another content, or by another key could be had
/// by choosing it.
///
/// The requester chooses the content, its name, and among the formats and encodings that a rule allows. It
/// never chooses signed bytes, a time, a signature type or a purpose.
///
/// [KeyBirth] makes keys and binds them for life. It is apart from [Engine]: a process that signs does not make
/// keys.
package dev.chancery.enclave;
