// SPDX-License-Identifier: Apache-2.0
/// `sigstore-kms-chancery`: what cosign and other programs with Sigstore's libraries start for a key `chancery://…`.
///
/// The protocol is that of `pkg/signature/kms/cliplugin` of github.com/sigstore/sigstore, version `v1`: the program is
/// started once for each call, with the version and a JSON object as its two arguments; a message comes on standard
/// input; one JSON object is the answer, with `errorMessage` where there is none, and then the status is 1.
///
/// | method | answer |
/// |---|---|
/// | `publicKey` | PEM, out of the keyring |
/// | `signMessage` | a `raw` signature, by `chancery sign`: with all that this asks |
/// | `verifySignature` | by the keyring: only the key that the call means, only as a `raw` signature |
/// | `defaultAlgorithm`, `supportedAlgorithms` | of keys for `raw` signatures |
/// | `createKey` | refused: keys are made by who may, with `chancery authority add` |
///
/// A key is `chancery://AUTHORITY` or `chancery://AUTHORITY/ARTIFACT`, which names the artifact for the rules and the
/// record; without a name it is called `cosign`. Versions of a key are counted as by the server in Vault's place: the
/// Nth of the public key file. Without one it is the last, and without a keyring the one that the office signs with.
///
/// The hash is SHA-256 (Go's `crypto.SHA256`, 5), or none (0) with Ed25519, which signs the message.
@NullMarked
package dev.chancery.cli.kms;

import org.jspecify.annotations.NullMarked;
