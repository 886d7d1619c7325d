// SPDX-License-Identifier: Apache-2.0
package dev.chancery.store.ledger;

/// What a publisher has to publish: the entries from `published().size()` to `size()`.
///
/// @param ledger reads any of the first `size` entries
public record Growth(Publication published, long size, Ledger ledger) {}
