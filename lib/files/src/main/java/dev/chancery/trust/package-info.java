// SPDX-License-Identifier: Apache-2.0
/// A keyring that keeps itself up to date on a host that verifies, as TUF's root role does (The Update Framework,
/// section 5.3).
///
/// A [dev.chancery.trust.KeyringDocument] is one file: a serial number, an end, who has to have signed it (the
/// quorum, as `2:alice,bob,carol`), and all public key files of the keyring. Who signs it states
/// `keyring-serial=N` about it, in format `statement`, so no signature over an artifact is one over a keyring:
///
/// ```json
/// {"version":1,"serial":7,"expires":"2026-12-31T00:00:00Z","quorum":"2:alice,bob,carol",
///  "files":{"release.openpgp.asc":"BASE64","alice.statement.pem":"BASE64"}}
/// ```
///
/// [dev.chancery.trust.TrustedKeyring] is a directory that such a document was unpacked to. It takes another one if
///
/// 1. its serial number is greater, and its end has not come and lies within two years;
/// 2. the quorum of the document that it has signed it, by the keys of that document;
/// 3. the quorum of the new document signed it, by the new keys: nobody locks himself out.
///
/// The first one has to have the SHA-256 that was pinned, and (3). When the end of what it has has come, nothing
/// is verified by it any more (`keyring-stale`): whoever keeps news away is found out. What is written last is the
/// document itself, as `.keyring-document.json`, so an update that was killed is made again.
///
/// | limit | value | why |
/// |---|---|---|
/// | document | 8 MiB ([dev.chancery.trust.KeyringDocument#BYTES_MAX]) | is read as a whole |
/// | files | 1,000 ([dev.chancery.trust.KeyringDocument#FILES_MAX]) | authorities with several formats |
/// | lifetime | 732 days ([dev.chancery.trust.TrustedKeyring#LIFETIME_MAX]) | an end that never comes protects from
/// nothing |
@NullMarked
package dev.chancery.trust;

import org.jspecify.annotations.NullMarked;
