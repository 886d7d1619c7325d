// SPDX-License-Identifier: Apache-2.0
/// The key provider `file`: private keys in files, encrypted at rest, bound to what they are for.
///
/// ## Directory
///
/// A [dev.chancery.keys.handle.HandleDirectory], whose package says what it looks like and who may reach it.
/// [KeyDirectory#keys] tells all but the secrets without a passphrase.
///
/// ## File
///
/// JSON with the fields that every handle has, `version` 1, and one more:
///
/// | field | content |
/// |---|---|
/// | `private_key` | PKCS #8 `EncryptedPrivateKeyInfo` in PEM (RFC 5958, section 3) |
///
/// The private key is under PBES2 (RFC 8018, section 6.2) with scrypt (RFC 7914) and AES-256-CBC, so that it
/// can be rescued without us: `jq -r .private_key FILE | openssl pkey -passin file:PASSPHRASE`.
///
/// ## Cost of a guess
///
/// For a passphrase that a person chose, scrypt takes N = 2^14, r = 8, p = 5: 16 MiB and 0.3 s a guess. N =
/// 2^17 would be the usual choice, and OpenSSL refuses it (it grants 32 MiB); five passes are held to be
/// equal to it (OWASP).
///
/// A passphrase that [Passphrase#generateInto] made has 256 bits of entropy and a form of its own
/// (`chancery-passphrase-1-` and 43 characters). Stretching multiplies the cost of each guess by a million;
/// against 2^256 guesses that is nothing, and the cold start would pay for it with each key. So N is 2
/// there. AES-256 itself stands on the same 256 bits. What a file costs to open is in the file and bounded
/// when it is read: 32 MiB, p at most 16.
///
/// ## Binding
///
/// One key, one format, one authority: who can write the file and does not know the passphrase must not be
/// able to give the key another use. The scrypt salt therefore has 48 bytes: 16 random ones and
///
/// ```text
/// SHA-256( f("chancery-key-file-1") f(authority) f(format) f(purpose) f(algorithm) f(created) f(expires) f(public
/// key) f(namespace) )
/// f(x) = length of x in bytes as 4 bytes, big-endian, and x; texts in UTF-8 as in the file; expires is empty when
///        absent; the public key is DER; f(namespace) is left out when there is none
/// ```
///
/// On reading, the second part is computed again and has to be equal; so a changed field is malformed.
/// Whoever changes the salt as well changes the derived key, and the private key does not decrypt any more.
/// What decrypts has to be the private half of `public_key`, which is computed from it before the key is
/// used. The salt stays a salt: the random part alone has the 16 bytes that RFC 8018, section 4.1, asks
/// for.
///
/// What this does not do: it does not keep an old file from being put back in place, nor a file from being
/// deleted.
///
/// ## Libraries
///
/// Chosen by measurement (`docs/performance.md`): the JDK's own Ed25519 and P-256 are 8 to 18 times slower
/// than the others and never used. [QuickStartLibrary] is for the command line; [ProviderLibrary] for
/// sustained work, with a JCA provider that the wiring hands in. Every signature is checked by the enclave
/// before it is released.
package dev.chancery.keys.file;
