// SPDX-License-Identifier: Apache-2.0
/// The packaged command with its keys in a token: SoftHSM2, which is a token in a folder, and a software TPM;
/// in the local office, and in an enclave.
///
/// The stock tools judge what such keys sign, as in `dev.chancery.interop`, with fewer cases: a format does
/// not know where its key is. Where SoftHSM2 is missing the tests say so and are skipped; with
/// `-Dinterop=required` they fail.
@NullMarked
package dev.chancery.tokens;

import org.jspecify.annotations.NullMarked;
