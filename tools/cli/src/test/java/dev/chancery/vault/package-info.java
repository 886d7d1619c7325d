// SPDX-License-Identifier: Apache-2.0
/// The packaged command with its keys in Vault: a real one, built from its Go module as `vault-judge`
/// (`enclave/keys/src/test/vault`).
///
/// The stock tools judge what such keys sign, as in `dev.chancery.interop`, before and after the keys were
/// rotated in Vault, with fewer cases: a format does not know where its key is. Where `vault-judge` is missing
/// the tests say so and are skipped; with `-Dinterop=required` they fail.
@NullMarked
package dev.chancery.vault;

import org.jspecify.annotations.NullMarked;
