// SPDX-License-Identifier: Apache-2.0
/// The words of the office as values that cannot be wrong, and its three errors.
///
/// Every value here is parsed once, strictly, and is immutable afterwards. What cannot be parsed is a
/// [MalformedException] that quotes the offending text; no other package checks these things again.
///
/// | word | form | limit |
/// |---|---|---|
/// | [Authority] | lower-case letters, digits, `-`, `.` | 64 characters |
/// | [ArtifactName] | a file name: no `/`, no control or formatting character | 255 bytes of UTF-8 |
/// | [FormatName] | lower-case letters and digits | 16 characters |
/// | [Requester] | `kind:name`, printable ASCII without spaces | 128 characters |
/// | [Digest] | SHA-256, SHA-384 or SHA-512, lower-case hex | exactly its length |
///
/// Values that are looked up in maps and sets write out `equals` and `hashCode`, which do what a record's own
/// would do: the generated ones are linked at run time, and the first of them costs a cold start 30 ms.
///
/// The errors say what the receiver may do: [MalformedException] (the sender's fault, do not retry),
/// [RefusedException] (the answer is no, and names the rule), [UnavailableException] (retry later).
package dev.chancery.core;
