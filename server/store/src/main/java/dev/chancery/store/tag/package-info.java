// SPDX-License-Identifier: Apache-2.0
/// The payloads of tags, each under its name, written once.
///
/// The first to create a tag decides what it says; whoever creates it again learns whether he said the same.
/// The signatures of a tag are not here: they are entries of the ledger whose subject is the SHA-256 of the
/// payload.
///
/// | limit | value | why |
/// |---|---|---|
/// | payload | 65,536 bytes ([Tags#PAYLOAD_BYTES_MAX]) | that of the tag format |
/// | names of a page | 1,000 ([Tags#NAMES_MAX]) | bounds memory |
@NullMarked
package dev.chancery.store.tag;

import org.jspecify.annotations.NullMarked;
