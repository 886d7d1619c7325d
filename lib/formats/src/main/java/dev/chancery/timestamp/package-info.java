// SPDX-License-Identifier: Apache-2.0
/// Timestamps: a service that somebody else runs says when a signature was there, so that its time is more than
/// the signer's claim. RFC 3161 with the amendment of RFC 5816; tokens are those of `openssl ts`.
///
/// The client asks with a [TimestampQuery], reads the answer with [TimestampResponse], and puts the
/// [TimestampToken] beside the signature. Whoever verifies gives it to [TimestampServices]. What the token is
/// over is the value of the signature: RFC 3161, appendix A, has the same in CMS.
///
/// ## Query (RFC 3161, section 2.4.1)
///
/// ```text
/// TimeStampReq { version 1, messageImprint { sha256, digest of the value }, nonce, certReq TRUE }
/// ```
///
/// The nonce is 64 random bits that the caller draws. No policy is asked for: the service takes its own.
///
/// ## Response (section 2.4.2)
///
/// ```text
/// TimeStampResp { PKIStatusInfo { status, statusString, failInfo }, timeStampToken }
/// ```
///
/// The status is 0 (granted) or 1 (granted with changes), and there is a token; for any other the answer
/// was no, and what the service says about it is quoted.
///
/// ## Token
///
/// `SignedData` (RFC 5652, section 5) in DER, over content of type `id-ct-TSTInfo`, with one signer:
///
/// ```text
/// TSTInfo { version 1, policy, messageImprint, serialNumber, genTime,
///     accuracy, ordering, nonce, tsa [0], extensions [1] }
/// ```
///
/// It proves its time when, in this order (section 2.2),
///
/// 1. the imprint is the digest of the value, by SHA-256, SHA-384 or SHA-512;
/// 2. `genTime` is at most 30 minutes ahead of the verifier's clock;
/// 3. the signed attributes name the signer's certificate by its digest (`signingCertificate`, by SHA-1 as RFC
///    2634 has it, or `signingCertificateV2`), and it is in the token or trusted itself;
/// 4. that certificate has a critical extended key usage with `id-kp-timeStamping` alone (section 2.3), and no
///    critical extension that is not known here;
/// 5. the attributes name the content's type and digest, and the signature over them is right: RSA PKCS #1 v1.5
///    from 2048 bits, ECDSA P-256 or P-384, Ed25519, by SHA-256, SHA-384 or SHA-512;
/// 6. it was valid at `genTime` and is trusted: a certificate that is given as trusted, or one that a trusted
///    certificate authority issued, by a path that is valid at `genTime` (RFC 5280, section 6, by the JDK).
///
/// The client also compares the nonce with the one that it sent. Accuracy, order, policy and the name in
/// `tsa` are passed over; extensions are too, unless they are critical. The service's own name is that of
/// its certificate's subject. Revocation is not asked, as for signatures: who is trusted no more is taken
/// out of the keyring.
///
/// ## Limits
///
/// 64 KiB a response or a token, 10 certificates in a token, 100 trusted certificates.
package dev.chancery.timestamp;
