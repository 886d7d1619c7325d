// SPDX-License-Identifier: Apache-2.0
/// Container images, and whatever else lies in an OCI registry: signed there, and verified from there.
///
/// What is signed is a manifest's digest; layers are not read. Each authority signs in the forms that it has keys for,
/// both as cosign has them:
///
/// | form | what lies in the registry | our key | who reads it |
/// |---|---|---|---|
/// | bundle | a manifest whose `subject` is the image, of type `application/vnd.dev.sigstore.bundle.v0.3+json`: an
/// in-toto
/// statement in a Sigstore bundle | `statement` | cosign from 3.0, `chancery image verify` |
/// | tag | the tag `sha256-HEX.sig`, a layer for each signature over a text that names the digest | `raw` | every
/// cosign |
///
/// A registry that does not list what refers to a digest (OCI distribution 1.1, "Listing Referrers") has that in the
/// index
/// under the tag `sha256-HEX` ("Referrers Tag Schema"). Both tags are read, completed and written; who writes at the
/// same
/// moment may undo that, so they are read again, and completed again.
///
/// Every byte from a registry is checked against the digest by which it was asked for.
///
/// | limit | value | why |
/// |---|---|---|
/// | manifest | 4 MiB ([Registry#MANIFEST_BYTES_MAX]) | OCI distribution: what registries have to take |
/// | bundles that are looked at | 100 of 1 MiB ([Referrers#REFERRERS_MAX]) | who may push can add any number |
@NullMarked
package dev.chancery.cli.images;

import org.jspecify.annotations.NullMarked;
