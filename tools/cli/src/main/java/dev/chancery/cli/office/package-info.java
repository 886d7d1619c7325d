// SPDX-License-Identifier: Apache-2.0
/// The local office on disk, and verifying.
///
/// [Office] is the directory (its table says what each file is and what who changes it can do);
/// [dev.chancery.enclave.libraries.Wiring] is the one place that knows which library does what. What signs is
/// in `dev.chancery.cli.signing`. [Verification] finds the signature files beside an artifact
/// ([dev.chancery.files.SignatureFiles]), checks them against a [dev.chancery.files.KeyringDirectory], and
/// puts what was found before a policy.
@NullMarked
package dev.chancery.cli.office;

import org.jspecify.annotations.NullMarked;
