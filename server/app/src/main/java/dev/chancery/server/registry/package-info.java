// SPDX-License-Identifier: Apache-2.0
/// A registry of packages, as Kibana and elastic-package read one: those of a folder, each with its signature.
///
/// | call | what |
/// |---|---|
/// | `GET /search` | the newest version of each package that fits the query, or all of them (`all=true`) |
/// | `GET /categories` | how many packages are of each category |
/// | `GET /package/{name}/{version}/` | one package; without the slash, 301 |
/// | `GET /package/{name}/{version}/{file...}` | a file out of it, or a range |
/// | `GET /epr/{name}/{name}-{version}.zip` | the package, or a range |
/// | `GET /epr/{name}/{name}-{version}.zip.sig` | its signature; receipts and others that lie beside it, too |
/// | `PUT` of the same | scope `upload`: signatures and receipts, then the package: 201; 409 where there is one |
///
/// A version that is none of Semantic Versioning is 400, what is not there 404. Parameters that are not known mean
/// nothing, as clients expect.
///
/// **What is handed out** is a zip file `NAME-VERSION.zip` whose manifest says the same name and version, and which
/// has an armored OpenPGP signature beside it. So `signature_path` is always told, and where a client does not find it
/// somebody took it away on the way. The registry does not verify for those who install: whose signature it is, and
/// whether it is good, they see by their keyring. What is called as a package is and is not handed out is a warning of
/// `/readyz`.
///
/// **What comes in** is verified: a policy of the form of `dev.chancery.policy` says by the package's name whose
/// signatures it needs, so that each publisher has an authority, and names of his own.
///
/// | limit | value | why |
/// |---|---|---|
/// | packages | 20,000 ([dev.chancery.server.registry.PackageFolder#PACKAGES_MAX]) | what they say is in memory |
/// | of a file in a package that is read before it is sent, and handed out in parts | 1 MiB
/// ([dev.chancery.server.registry.RegistryApi#FILE_WHOLE_BYTES_MAX]) | longer ones are streamed, whole |
/// | packages of an answer that is made before it is sent | 64
/// ([dev.chancery.server.registry.RegistryApi#WHOLE_MAX]) | longer ones are streamed |
/// | a signature file or receipt | 64 KiB ([dev.chancery.server.registry.PackageFolder#SIGNATURE_BYTES_MAX]) | some
/// signatures |
/// | a package that comes in | 1 GiB, or what `package_bytes_max` says | the folder's disk |
/// | files that wait for their packages | 256 of a requester, a day
/// ([dev.chancery.server.registry.Intake#WAITING_MAX], [dev.chancery.server.registry.Intake#WAIT]) | nobody fills the
/// disk by what is never published |
@NullMarked
package dev.chancery.server.registry;

import org.jspecify.annotations.NullMarked;
