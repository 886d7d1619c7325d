// SPDX-License-Identifier: Apache-2.0
/// The doors at which stock tools fetch OpenPGP certificates, and the one by which an update of a certificate
/// comes in.
///
/// | door | standard | who knocks |
/// |---|---|---|
/// | `/pks/lookup` | HKP (draft-gallagher-openpgp-hkp) | `gpg --recv-keys`, `--refresh-keys`, `--search-keys`; `sq
/// network keyserver` |
/// | `/vks/v1/by-…` | VKS, as keys.openpgp.org has it | `sq`, mail programs |
/// | `/.well-known/openpgpkey/…` | WKD (draft-koch-openpgp-webkey-service), advanced and direct | `gpg --locate-keys`,
/// `sq network wkd` |
/// | `/KEYS` | Apache's file of that name | people |
/// | `/v1/authorities/A/certificates/F` | our own | `PUT` an update, `GET` the certificate |
///
/// All hand out what `dev.chancery.server.keyring` has, to everybody, for five minutes of a cache, with an entity
/// tag. Nothing comes
/// in by HKP. A certificate is found by the fingerprint or key ID of its primary key and of each subkey that is
/// bound, and by the
/// address in a user ID that is not revoked: `qa@example.org`, or what stands between `<` and `>`. Of several by
/// one address
/// those that are in force come first, the newest of them in front, and those of version 6, which gpg does not
/// read, only where none is of version 4. Key IDs of eight digits are malformed: anybody makes a key for one.
///
/// | limit | value | why |
/// |---|---|---|
/// | body of an update | 1 MiB ([dev.chancery.server.publication.CertificateApi#UPDATE_BYTES_MAX]) | that of a
/// certificate |
/// | what is searched for | 255 characters ([dev.chancery.server.publication.Lookup#SEARCH_CHARACTERS_MAX]) | the
/// longest user ID |
@NullMarked
package dev.chancery.server.publication;

import org.jspecify.annotations.NullMarked;
