// SPDX-License-Identifier: Apache-2.0
/// The Distinguished Encoding Rules of ASN.1 (ITU-T X.690, section 10): each value has one encoding, so that
/// what was signed can be told from what stands there.
///
/// [DerReader] takes a document apart in the order in which its standard defines it, and finds it malformed at
/// the first octet that is not in its place. [DerWriter] writes elements inside out. Neither has a tree of
/// values, and nothing is allocated by a length that was not compared with what is there.
///
/// `30 03 02 01 05` is a `SEQUENCE` with the `INTEGER` 5.
///
/// Limits: elements of 16 MiB, integers of 2,049 bytes, object identifiers of 64 octets.
package dev.chancery.der;
