// SPDX-License-Identifier: Apache-2.0
package dev.chancery.format;

import java.time.Instant;

/// What people ask of a certificate first. Names are in the string form of RFC 4514, the serial number is in
/// hex. Whoever made the certificate chose them.
public record CertificateSummary(String subject, String issuer, String serial, Instant notBefore, Instant notAfter) {}
