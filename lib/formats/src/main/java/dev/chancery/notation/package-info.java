// SPDX-License-Identifier: Apache-2.0
/// `notation`: signatures of the Notary Project over manifests of OCI registries, as `notation verify` reads them.
///
/// The documents are the Notary Project's `signature-specification.md` (what is signed and which attributes there
/// are), `signature-envelope-jws.md` (how it is written) and RFC 7515 (JWS), section 7.2.2 of it. How a signature
/// lies in a registry, the client knows.
///
/// ## Signature file
///
/// ```text
/// {"payload": BASE64URL({"targetArtifact": {"mediaType", "digest", "size"}}),
///  "protected": BASE64URL({"alg", "cty": "application/vnd.cncf.notary.payload.v1+json",
///      "crit": ["io.cncf.notary.signingScheme"], "io.cncf.notary.signingScheme": "notary.x509",
///      "io.cncf.notary.signingTime"}),
///  "header": {"x5c": [the certificate, its issuers' up to the root], "io.cncf.notary.signingAgent"},
///  "signature": BASE64URL(r || s)}
/// ```
///
/// What is signed is the ASCII text `PROTECTED.PAYLOAD` (RFC 7515, section 5.1). It begins with `e`, for `{` is what
/// it begins with before base64, so it cannot be taken for a certificate or a request, which begin with 0x30.
///
/// | key | `alg` |
/// |---|---|
/// | `ecdsa-p256` | `ES256` |
/// | `ecdsa-p384` | `ES384` |
///
/// The Notary Project has RSA with PSS only, which keys of the office do not make, and no Ed25519.
///
/// ## What is signed
///
/// The content is the manifest, or the index of an image for several platforms, so the engine itself sees what it
/// signs, and takes the type from there: `mediaType`, or where an OCI manifest leaves that out, whether it has
/// `manifests` or `layers`. Any other content is malformed. The time is the engine's clock, in whole seconds.
///
/// ## Reading
///
/// A signature counts when
///
/// 1. the key of the first certificate is one of the keyring's; what issued it is not asked (see
///    `dev.chancery.certificates`);
/// 2. `alg` belongs to the key and the value is right over the text as it stands there;
/// 3. the payload's type is the one above, the scheme `notary.x509`, and nothing is critical but
///    `io.cncf.notary.signingScheme` and `io.cncf.notary.expiry`; else it is `unsupported`. RSA is, too;
/// 4. the signing time lies in the validity of a certificate that the keyring has of the key, and at most 30 minutes
///    ahead of the verifier's clock; its expiry, if it has one, has not passed;
/// 5. digest and size are those of the content.
///
/// Base64 has one spelling, without padding. What is not protected is passed over but for the certificates, and so
/// are timestamps and attributes that are not critical.
///
/// ## Public key file
///
/// Certificates: see `dev.chancery.certificates`. Ours are for code signing, and those that somebody else issues are
/// there up to the root: `notation` looks for the root in its trust store.
///
/// ## Limits
///
/// 1 MiB a manifest, 1 MiB a file, 100 certificates.
package dev.chancery.notation;
