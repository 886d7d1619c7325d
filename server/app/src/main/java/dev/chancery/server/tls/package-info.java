// SPDX-License-Identifier: Apache-2.0
/// The server's own certificate, and the authorities whose certificates clients may show.
///
/// A [dev.chancery.server.tls.TlsPlan] names a chain and a key in PEM files, or nothing: then the server
/// makes a key (P-256) and a certificate of its own at its first start, `certificate.pem` and `key.pem` (mode
/// 0600) in its directory, and uses them from then on. Such a certificate is known by its fingerprint, the
/// SHA-256 of its DER, which the server prints; clients take the file as their only authority (`curl --cacert
/// certificate.pem`).
///
/// [dev.chancery.server.tls.ServerTls] gives a listener one `SSLContext` for the life of the process, behind
/// which the certificate changes when the files do: new connections get the new one, open ones go on. Files
/// that are wrong change nothing.
///
/// - TLS 1.3 and 1.2 only; of the latter, ECDHE with AES-GCM or ChaCha20-Poly1305 (RFC 9325, section 4.2).
/// - With `client_authorities` a client may show a certificate, which has to lead to one of them, be within its time
/// and
/// be for clients (RFC 5280, section 4.2.1.12), or the handshake fails. Without one the connection is as any other.
/// Lists of revoked certificates and OCSP are not asked: short-lived certificates are the way.
/// - The key is PKCS#8 without a passphrase (RFC 5958), of RSA, of an elliptic curve or Ed25519. A key file that
/// everybody can read is refused.
///
/// | limit | value | why |
/// |---|---|---|
/// | key file | 16 KiB | RSA-16384 fits |
/// | names of a certificate of our own | 32 | |
/// | its life | 10 years | whoever pinned it is not surprised |
@NullMarked
package dev.chancery.server.tls;

import org.jspecify.annotations.NullMarked;
