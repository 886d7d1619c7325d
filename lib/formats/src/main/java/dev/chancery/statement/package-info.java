// SPDX-License-Identifier: Apache-2.0
/// `statement`: what an authority claims about artifacts, as an in-toto Statement v1 (in-toto/attestation,
/// `spec/v1/statement.md`) in a DSSE envelope in a Sigstore bundle, as `cosign verify-blob-attestation --key` reads it.
/// The bundle is described in `dev.chancery.bundle`; this is what the format puts into it:
///
/// | field | value |
/// |---|---|
/// | `verificationMaterial.publicKey.hint` | SHA-256 of the key's PEM file, in hex, as OpenSSF model signing wants it |
/// | `dsseEnvelope.payloadType` | `application/vnd.in-toto+json` |
/// | `dsseEnvelope.payload` | base64 of the statement |
/// | `dsseEnvelope.signatures[0].sig` | base64 of the signature over the pre-authentication encoding |
///
/// The statement is one line of JSON: `_type`, `subject` (each with `name` and `digest.sha256`), `predicateType`,
/// `predicate`. Whoever asks for a signature hands in a statement; it is read strictly and **what is signed is our own
/// writing of it**. A signing rule has to permit every subject.
///
/// | key | signature | read by |
/// |---|---|---|
/// | `ecdsa-p256` | DER `Ecdsa-Sig-Value` over SHA-256 | cosign 2 and 3, sigstore-js, model signing |
/// | `ed25519` | pure Ed25519 | cosign 2 and 3, sigstore-js |
///
/// Reading takes as well: P-384 (SHA-384) and RSA keys, statements of version 0.1 (as cosign writes them), subjects
/// with SHA-384 and SHA-512 instead of SHA-256, and the other fields of a `ResourceDescriptor`, which are not looked
/// at. A statement is about a content when one subject has a digest that can be compared, and all such digests agree;
/// names play no part (in-toto, "Statement", `subject`).
///
/// A statement may say anything, *failed* as well as *passed*. So it never counts as a signature over the artifact:
/// a requirement has to ask for what it says (`dev.chancery.policy`).
///
/// A statement by `chancery attest --param job=42` has the predicate type `Predicate.PARAMETERS`, and as predicate one
/// object of texts: `{"job":"42"}`.
///
/// ## A directory
///
/// OpenSSF model signing 1.0: the predicate type is [TreeManifest#PREDICATE_TYPE]; the predicate lists every file with
/// its SHA-256 (`resources`) and how it was done (`serialization`: method `files`, `hash_type` `sha256`, no links, the
/// ignored paths); the only subject has the directory's name and as digest the SHA-256 over the digests of the
/// resources in their order. Names stand in the manifest alone, so it is the manifest that is compared with the
/// directory, file by file: a file more, less, renamed or changed is named.
///
/// ## Keys apart
///
/// A `sigstore` or `raw` key signs any digest, so also that of an envelope's encoding. It is for the key, bound to one
/// format when it is made, to keep them apart; a keyring refuses a key that stands in two formats.
///
/// | limit | value | constant |
/// |---|---|---|
/// | statement | 750,000 bytes | [Statement#BYTES_MAX] |
/// | subjects | 1,000 | [Statement#SUBJECTS_MAX] |
/// | files of a directory | 10,000, and as many as the statement holds | `Tree.FILES_MAX` |
/// | predicate type | 2,048 bytes | `Predicate.TYPE_BYTES_MAX` |
package dev.chancery.statement;
