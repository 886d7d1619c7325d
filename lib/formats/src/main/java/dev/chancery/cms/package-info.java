// SPDX-License-Identifier: Apache-2.0
/// `cms`: detached signatures of the Cryptographic Message Syntax, one file for any number of signers, as
/// `openssl cms -verify` reads them.
///
/// The standards are RFC 5652 (CMS), RFC 5280 (certificates), RFC 5754 and RFC 8419 (algorithms), RFC 5035 (the
/// signer's certificate as an attribute), RFC 3161 (timestamps). All is DER (ITU-T X.690). PEM and S/MIME are
/// refused with a sentence that says so.
///
/// ## Signature file
///
/// ```text
/// ContentInfo { signedData, [0] SignedData {
///     version 1, digestAlgorithms, encapContentInfo { data },
///     certificates [0] { the signer's, its issuers' without a root },
///     signerInfos { SignerInfo … } } }
/// SignerInfo { version 1, issuerAndSerialNumber, digestAlgorithm,
///     [0] signedAttrs, signatureAlgorithm, signature }
/// ```
///
/// What the engine makes has one signer. Another authority's is **joined** to it
/// ([dev.chancery.format.JoiningFormat]): a set grows, and each signer that was there stays byte for byte, as
/// do certificates. That needs no key. A second signature by one key takes the place of the first or is
/// refused.
///
/// ## What is signed
///
/// The signed attributes, as a DER `SET` (section 5.4), always these four:
///
/// | attribute | value |
/// |---|---|
/// | contentType | `data`: what the content's name is, nobody says |
/// | signingTime | the enclave's clock, `UTCTime` through 2049 |
/// | messageDigest | the digest of the content |
/// | signingCertificateV2 | the SHA-256 of the signer's certificate (RFC 5035, section 3) |
///
/// | key | digest of content and attributes | signature |
/// |---|---|---|
/// | `ecdsa-p256` | SHA-256 | `ecdsa-with-SHA256` |
/// | `ecdsa-p384` | SHA-384 | `ecdsa-with-SHA384` |
/// | `rsa-3072`, `rsa-4096` | SHA-256 | `sha256WithRSAEncryption` (PKCS #1 v1.5) |
/// | `ed25519` | SHA-512 | `id-Ed25519` over the attributes themselves (RFC 8419, section 3.1) |
///
/// A key of this format signs three things and they cannot be taken for each other, because their first bytes
/// differ: signed attributes begin with the tag of a `SET`, 0x31; certificates and certification requests with
/// that of a `SEQUENCE`, 0x30.
///
/// ## Reading
///
/// Each signer is a signature of its own: a fault in one spoils none of the others. A signer counts when
///
/// 1. it has signed attributes. Without them the signature would be over the content itself, and a content that
///    is the DER of somebody's signed attributes would be signed by whoever signed those;
/// 2. the attributes are in the order of DER, each type once, with a content type of `data`, the content's
///    digest and at most one signing time, each with one value;
/// 3. digest and signature algorithm belong to each other and to the key: SHA-256, SHA-384 or SHA-512, with RSA
///    PKCS #1 v1.5, ECDSA or Ed25519. SHA-1, RSA-PSS and everything else is `unsupported`;
/// 4. a signing certificate attribute, where there is one, is true of the certificate;
/// 5. the value is right, by a key of the keyring;
/// 6. the signing time lies in the validity of a certificate that the keyring has of the key, and at most 30
///    minutes ahead of the verifier's clock. Without a signing time it is the time of verifying. So a
///    certificate that expired does not spoil what was signed before.
///
/// The content stands elsewhere: a file with the content in it is malformed, as are lengths that are indefinite
/// or not minimal (BER), bytes behind the end, certificates of other kinds than X.509. Other attributes, signed
/// or not, are passed over, and so are revocation lists: the keyring says what counts. The order of sets that
/// no signature covers is not asked, for tools differ.
///
/// ## Timestamps
///
/// A timestamp (`dev.chancery.timestamp`) is the unsigned attribute `id-aa-timeStampToken` of a signer (RFC
/// 3161, appendix A), over that signer's value. The client puts it there, after the engine handed the
/// signature out. Of a signature that counts, it is judged: it proves a time, or the verdict says why it
/// does not. It never makes a signature count, and never keeps one from counting, for no signature covers
/// it. Of two, none is judged.
///
/// ## Public key file
///
/// Certificates, and which of them speak for the authority: see `dev.chancery.certificates`. What is trusted is a
/// key, and nothing that issued its certificate.
///
/// ## Limits
///
/// 1 MiB a file, 100 signers, 200 certificates in a file, 32 attributes a signer, 16 KiB a certificate.
package dev.chancery.cms;
