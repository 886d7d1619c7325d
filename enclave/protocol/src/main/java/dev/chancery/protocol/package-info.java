// SPDX-License-Identifier: Apache-2.0
/// The messages on an enclave's request door, and the client side of it.
///
/// A connection is a stream socket of the Unix domain. Either side sends frames: four octets, the length of
/// what follows as a big-endian number (from 2 to 2,097,152 in a question, to 16,777,216 in an answer), then
/// one JSON text (RFC 8259) of that length in UTF-8. What is not known in it is an error. A client may send
/// the next question before the last one is answered; answers come in any order and bear the question's `id`,
/// a whole number from 1 to 2^53 that the client chooses.
///
/// | question | answer |
/// |---|---|
/// | `{"id":1,"ask":"sign","requests":[…]}`, 1 to 1,000 requests | `{"id":1,"signed":[…]}`, in the same order |
/// | `{"id":2,"ask":"keys"}` | `{"id":2,"keys":[…]}`: those that the asker may have used |
/// | `{"id":3,"ask":"health"}` | `{"id":3,"health":{…}}` |
/// | any that cannot be answered | `{"id":1,"error":{…}}`; `id` is 0 where the question has none that can be read |
///
/// A question to sign may have a `requester`: for whom the peer asks. Only a peer that the enclave's
/// configuration lets vouch may say so.
///
/// A request is
/// `{"authority":"qa","format":"openpgp","encoding":"armor","artifact":"a.txt","size":5,"digests":{"sha256":"…"},
/// "states":[{"algorithm":"sha512","form":"bytes","chaining_value":"…","blocks":0,"tail":"68656c6c6f"}]}`.
/// `key` names one key of several; `content` is the content itself in base64, for formats that sign that.
/// Which digests and states a format needs, `docs/formats.md` says.
///
/// What was signed is `{"signature":"<base64>","key":"…"}` with the ID of the key that signed, what was not
/// `{"error":{"kind":"refused","rule":"…","sentence":"…"}}`; the kinds are `malformed`, `refused`,
/// `unavailable` (with `retry_after_seconds` where that is known). One failure does not fail the rest.
///
/// After an answer without an `id` the connection is closed: nothing on it can be told apart any more.
@NullMarked
package dev.chancery.protocol;

import org.jspecify.annotations.NullMarked;
