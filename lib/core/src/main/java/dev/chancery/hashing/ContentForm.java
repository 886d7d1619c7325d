// SPDX-License-Identifier: Apache-2.0
package dev.chancery.hashing;

/// Which reading of the content is hashed.
public enum ContentForm {
    /// The bytes as they are.
    BYTES,
    /// Line endings become CRLF: OpenPGP's text document signature (RFC 9580, section 5.2.1.2).
    TEXT,
    /// As [#TEXT], without spaces and tabs at line ends and without the last line ending: the cleartext
    /// signature framework (RFC 9580, section 7.2).
    CLEARTEXT
}
