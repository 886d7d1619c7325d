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
/// | `{"id":4,"ask":"salt","authority":"qa","format":"openpgp6","count":1}`, 1 to 1,000 | `{"id":4,"salts":["<64
/// hex>",…]}` |
/// | `{"id":2,"ask":"keys"}` | `{"id":2,"keys":[…]}`: those that the asker may have used |
/// | `{"id":3,"ask":"health"}` | `{"id":3,"health":{…}}` |
/// | any that cannot be answered | `{"id":1,"error":{…}}`; `id` is 0 where the question has none that can be read |
///
/// A question to sign or for salts may have a `requester`: for whom the peer asks. Only a peer that the
/// enclave's configuration lets vouch may say so.
///
/// A request is
/// `{"authority":"qa","format":"openpgp","encoding":"armor","artifact":"a.txt","size":5,"digests":{"sha256":"…"},
/// "states":[{"algorithm":"sha512","form":"bytes","chaining_value":"…","blocks":0,"tail":"68656c6c6f"}]}`.
/// `size` is absent where nothing but digests is known, which is enough for formats that sign a digest. `key`
/// names one key of several; `content` is the content itself in base64, for formats that sign that.
/// Which digests and states a format needs, `docs/formats.md` says.
///
/// **Salts.** A format with a salt (`openpgp6`) takes two rounds: the client asks for a salt, hashes it and
/// then the content, and sends the state with the `salt` that it began with:
/// `{"algorithm":"sha512","form":"bytes","salt":"<64 hex>","chaining_value":"…","blocks":0,"tail":"…"}`;
/// `size` is that of the content alone, and the digest of the content alone travels too. A request has states
/// of one salt.
///
/// The enclave draws the salt. It is for who asked (and whom he asked for), for one request, and for six
/// hours; one that is unknown, used, expired or another's is refused by the rule `salt`. A request that is
/// refused before that, by another rule or because the rate is used up, leaves the salt as it was; one that
/// fails later has used it. Who has 4,000 that he did not use gets no more before the first of them expires
/// (`unavailable`). A restart forgets all.
///
/// That a state was begun with its salt is checked while the state has no whole block. In a longer one it
/// cannot be: who sends a state that was begun otherwise gets a signature that does not verify (what else he
/// can make of it, `dev.chancery.openpgp6` says).
///
/// What was signed is `{"signature":"<base64>","key":"…"}` with the ID of the key that signed, what was not
/// `{"error":{"kind":"refused","rule":"…","sentence":"…"}}`; the kinds are `malformed`, `refused`,
/// `unavailable` (with `retry_after_seconds` where that is known, and `"too_many":true` where the requester has had
/// what he may have for now). One failure does not fail the rest.
///
/// After an answer without an `id` the connection is closed: nothing on it can be told apart any more.
@NullMarked
package dev.chancery.protocol;

import org.jspecify.annotations.NullMarked;
