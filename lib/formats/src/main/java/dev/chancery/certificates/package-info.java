// SPDX-License-Identifier: Apache-2.0
/// X.509 certificates of signing keys (RFC 5280): what a key is born with, asks for and is given, and whose keys a
/// public key file names. The formats `cms` and `notation` have such keys.
///
/// ## Public key file
///
/// PEM blocks `CERTIFICATE`, at most 100. **What is trusted is the key of the authority's own certificate**,
/// and nothing that issued it: no other certificate of the same certificate authority counts.
///
/// - A certificate that is not of a certificate authority (`basicConstraints`) is the authority's own. There
///   may be several, of one key or of more. One that issued another certificate of the file all the same, as
///   roots of version 1 do, makes the file malformed.
/// - One of a certificate authority stands behind the one that it issued, by their names, and leads from there
///   to a root. It is for people and for other tools; its signatures are not checked here.
/// - The first may be of a certificate authority where it stands alone and issued itself: `openssl req -x509`
///   says that of every certificate.
///
/// An authority's own certificate permits digital signatures or non-repudiation, if it has a `keyUsage`, and
/// has no critical extension that is not known here.
///
/// ## Certificates of our keys
///
/// With its birth a key gets one that it signs itself: version 3, the authority's name as `CN`, valid from the
/// key's creation to its expiry (or 99991231235959Z), for digital signatures, no certificate authority; subject
/// key identifier by RFC 7093; of formats that sign code, for code signing. A certification request (RFC 2986)
/// asks a certificate authority for another one; what it answers is taken if it is of the key, valid, fit, and
/// signed in order by the issuers that come with it; for code signing up to the root. Old certificates stay in
/// the public key file, for what was signed while they were valid.
///
/// ## What else such a key signs
///
/// Certificates and certification requests begin with the tag of a `SEQUENCE`, 0x30, and behind its length a
/// certificate (`TBSCertificate`) has its version in a tag 0xa0 and a request (`CertificationRequestInfo`) its
/// version as an `INTEGER`, 0x02. No format with such keys signs anything that begins so.
package dev.chancery.certificates;
