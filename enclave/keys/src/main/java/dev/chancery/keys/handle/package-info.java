// SPDX-License-Identifier: Apache-2.0
/// What key providers share: the directory of handles, and how secrets of one line are read. No private key.
///
/// A handle tells everything about a key but its secret. Handles lie in a [HandleDirectory]: mode 0700,
/// owned by who runs this; the files in it 0600 (or 0400) and regular. Anything else is refused with rule
/// `key-permissions` and the command that mends it. One file is one key and is named
/// `<authority>.<format>.<first 16 hex digits of the key id>.json`, with `.certify.json` at the end for a
/// certifying key. Other names that end in `.json` are malformed; what does not end in `.json` or begins
/// with a dot is not looked at. At most 1,000 files of at most 16 KiB.
///
/// `<authority>.<format>.<first 16 hex digits of the key id>.certificates.pem`, where it is there, has the
/// certificates of a key whose format has such things, in PEM. They are public and nothing here vouches for
/// them: the format checks that they are the key's each time it signs, and who exchanges them for others of
/// the same key changes what signatures carry along, not what they prove. This file alone is ever replaced.
///
/// A file is written once and never changed. It appears under its name whole and on the disk, or not at all:
/// see [NewFile].
///
/// A handle is JSON, unknown fields are errors. These stand in all of them:
///
/// | field | content |
/// |---|---|
/// | `version` | of the provider's form |
/// | `authority`, `format`, `purpose`, `algorithm` | what the key is bound to: `qa`, `openpgp`, `sign`, `ed25519` |
/// | `created`, `expires` | `2026-11-21T12:00:00Z`, whole seconds; `expires` may be absent |
/// | `namespace` | what all its signatures name, in a format with namespaces: `file`; else absent |
/// | `public_key` | `SubjectPublicKeyInfo` in PEM (RFC 7468) |
///
/// Who can write a handle must not be able to give the key another use. Each provider ties the fields to the
/// private key in a way of its own, with a [Binding].
///
/// [JoinedKeys] makes one provider of several, each of which fails alone.
package dev.chancery.keys.handle;
