// SPDX-License-Identifier: Apache-2.0
/// A whole store as one stream of bytes, the same for both dialects: a backup, or a way from one to the other.
///
/// ```
/// export   = magic version table… checksum
/// magic    = "chancery-store-export\n"
/// version  = 4 bytes: the number of the schema's newest step
/// table    = row… %x00 rows       the tables of Tables, in that order; rows by their primary key
/// row      = %x01 value…          the columns of the table, in order
/// rows     = 8 bytes: how many there were
/// value    = %x00 | %x01 8 bytes | %x01 length octets      nothing; an integer; a text in UTF-8 or bytes
/// length   = 4 bytes, at most 1 MiB
/// checksum = 32 bytes: the SHA-256 of all that comes before
/// ```
///
/// Integers are two's complement with the highest byte first. Nothing comes after the checksum.
///
/// An export is one snapshot: what is appended meanwhile is in the next one. It is restored in one transaction, into a
/// store with nothing in it, and only after every hash of a leaf and of a blob, the order of the indexes and the
/// checksum were right. The checksum finds damage, not forgery: whoever can change an export can compute
/// another one. What was published is proved by the checkpoint, which the exporter did not sign.
///
/// An export is read by the program whose schema has its version; a newer program opens the store afterwards.
@NullMarked
package dev.chancery.store.backup;

import org.jspecify.annotations.NullMarked;
