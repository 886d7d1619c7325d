// SPDX-License-Identifier: Apache-2.0
/// The calls of HashiCorp Vault's Transit that sign, verify and show keys, for clients that speak it: cosign's
/// `hashivault://`, jsign, and whoever wrote his own. Behind them are the office's rules and its log.
///
/// A key is called as an authority is and means that authority's keys for `raw` signatures. Its version N is the Nth
/// key in the authority's public key file (`NAME.raw.pem`), which keys are added to at the end: a version stays what
/// it is when keys are rotated. The latest version is the last one that an enclave can sign with.
///
/// | call | |
/// |---|---|
/// | `PUT`, `POST /v1/transit/sign/NAME[/sha2-256]` | `input`, or its SHA-256 with `prehashed`; or `batch_input` |
/// | `PUT`, `POST /v1/transit/verify/NAME`, likewise | with `signature` |
/// | `GET /v1/transit/keys/NAME`, `GET /v1/transit/keys?list=true` | for everybody, as the keyring is |
///
/// Signatures are written `vault:vVERSION:BASE64`. What Vault's Transit can do beyond `raw` signatures (other hashes,
/// PSS, JWS, contexts, keys that are made or rotated by a call) is refused by its name. Faults are answered as
/// `{"errors": […]}`: 400 malformed, 403 refused, 503 unavailable.
///
/// A caller who gives digests gives neither name nor size. All that is signed here is called `transit`, so that a rule
/// can permit it; what has no size stands in the log as a leaf of Rekor's form, which has no name either.
///
/// | limit | value |
/// |---|---|
/// | `input` | 1 MiB (`Measured.CONTENT_BYTES_MAX`) |
/// | `batch_input` | 1,000 (`Signing.BATCH_MAX`) |
/// | body | 2,000,000 bytes ([TransitApi#BODY_BYTES_MAX]) |
@NullMarked
package dev.chancery.server.transit;

import org.jspecify.annotations.NullMarked;
