// SPDX-License-Identifier: Apache-2.0
/// `sshsig`: signatures by SSH keys, as `ssh-keygen -Y` makes and verifies them.
///
/// The standard is PROTOCOL.sshsig of OpenSSH; its sections are cited by number. Its data types are those of RFC 4251,
/// section 5: `uint32` is four bytes, big-endian; `string` is a `uint32` length and so many bytes; `mpint` is a
/// `string` of a number in two's complement, as short as can be.
///
/// ## Signature
///
/// Base64 in lines of 70 between `-----BEGIN SSH SIGNATURE-----` and `-----END SSH SIGNATURE-----`, of
///
/// | field | type | we write | we read |
/// |---|---|---|---|
/// | magic | 6 bytes | `SSHSIG` | the same |
/// | version | `uint32` | 1 | the same, else unsupported |
/// | public key | `string` | see below | one of the keyring, byte for byte |
/// | namespace | `string` | the key's own, mostly `file` | one that the key's line allows |
/// | reserved | `string` | empty | passed over |
/// | hash algorithm | `string` | `sha512` | `sha256` or `sha512` |
/// | signature | `string` | `string` algorithm, `string` value | the same |
///
/// and nothing behind it. What is signed (section 2) is the **frame**
///
/// ```text
/// "SSHSIG" ‖ string namespace ‖ string "" ‖ string hash algorithm ‖ string H(content)
/// ```
///
/// It begins with the magic, which nothing else that an SSH key signs begins with. The reserved field is empty in
/// the frame even if the signature has something there: to ssh-keygen it is the same signature then, and so it is
/// here. What we hand out has it empty.
///
/// | key | type | algorithm | signs | value |
/// |---|---|---|---|---|
/// | `ed25519` | `ssh-ed25519` | the same | the frame | 64 bytes |
/// | `ecdsa-p256` | `ecdsa-sha2-nistp256` | the same | SHA-256 of the frame | `mpint r`, `mpint s` |
/// | P-384, read only | `ecdsa-sha2-nistp384` | the same | SHA-384 of the frame | the same |
/// | `rsa-3072`, `rsa-4096` | `ssh-rsa` | `rsa-sha2-512` | SHA-512 of the frame | PKCS #1 v1.5, as long as the modulus
/// |
/// | RSA, 2048 to 8192 bits, read only | `ssh-rsa` | `rsa-sha2-256` | SHA-256 of the frame | the same |
///
/// A public key is `string` type and then, for Ed25519, `string` point (RFC 8709, section 4); for ECDSA, `string`
/// curve,
/// `string` point (RFC 5656, section 3.1); for RSA, `mpint e`, `mpint n` (RFC 4253, section 6.6). The algorithm
/// `ssh-rsa`, which is SHA-1, keys on security tokens (`sk-…`) and certificates (`…-cert-v01@openssh.com`) are
/// refused with a sentence that says so.
///
/// ## Namespace
///
/// It keeps a signature over a file from being worn as one over a git commit. So it belongs to the key: it is chosen
/// when the key is made, bound like the key's authority, and written into the public key file. A requester has no way
/// to
/// name one.
///
/// ## Public key file
///
/// An allowed_signers file, as in ssh-keygen(1). One line for each key of the authority, at most 100:
///
/// ```text
/// qa namespaces="file" ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAI…
/// ```
///
/// The principal is the authority's name: no pattern, no list. A line may also begin with the type, as in the files
/// `id_ed25519.pub` of ssh-keygen: it has no options then. Options, each at most once, in quotation marks:
///
/// - `namespaces`: a list without patterns. Without this option the key signs for `file` and nothing else;
///   ssh-keygen would take any namespace, so what we write always has it.
/// - `valid-after`, `valid-before`: times in UTC, with their `Z`. A signature tells no time, so they are judged at the
///   time of verifying, as ssh-keygen does it: the end of a key is the end of all its signatures. That is why our
///   own files do not have them: a key of ours that has expired signs nothing more, and what it signed counts.
///
/// Any other option is malformed, `cert-authority` among them: an option narrows what a key may do, so one that is not
/// understood must not be passed over. Blank lines, and lines that begin with `#`, are nothing.
///
/// ## Limits
///
/// A signature file has at most 8 KiB (that of an RSA-8192 key has 3 KiB), one signature, and one encoding: base64 in
/// another form, or text before or behind it, is malformed.
package dev.chancery.sshsig;
