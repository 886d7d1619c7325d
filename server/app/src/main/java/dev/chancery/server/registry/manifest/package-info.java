// SPDX-License-Identifier: Apache-2.0
/// Packages of the Elastic stack: what their manifests say, as a registry tells it.
///
/// A package is a zip file with all files below `NAME-VERSION/`: `manifest.yml`, `docs/README.md`, data streams with
/// manifests of their own in `data_stream/NAME/`. [dev.chancery.server.registry.manifest.PackageManifest] reads it
/// once;
/// which fields are told is in [dev.chancery.server.registry.manifest.Shapes], and agrees with version 1.40 of
/// <https://github.com/elastic/package-registry>: tests compare with its answers. Whether a package is of use, with all
/// the fields that its data streams need, is not looked at: `elastic-package lint` does.
///
/// Versions are those of Semantic Versioning, ranges those of `dev.chancery.server.registry.manifest.VersionRange`.
///
/// | limit | value | why |
/// |---|---|---|
/// | a manifest | 1 MiB ([dev.chancery.server.registry.manifest.Yaml#BYTES_MAX]) | ten times the largest |
/// | values in one, aliases resolved | 100,000 ([dev.chancery.server.registry.manifest.Yaml#VALUES_MAX]), with 50
/// aliases of lists and maps ([dev.chancery.server.registry.manifest.Yaml#ALIASES_MAX]) | a small file must not
/// become a large one |
/// | files and folders | 20,000 ([dev.chancery.server.registry.manifest.PackageArchive#ENTRIES_MAX]) | the list of
/// them is told |
/// | a file that is handed out of a package | 16 MiB
/// ([dev.chancery.server.registry.manifest.PackageArchive#FILE_BYTES_MAX]) | it is unpacked in memory |
/// | a version | 64 characters ([dev.chancery.server.registry.manifest.SemanticVersion#CHARACTERS_MAX]) | it is in a
/// file's name |
/// | a range of versions | 512 characters
/// ([dev.chancery.server.registry.manifest.VersionRange#CHARACTERS_MAX]) | a dozen alternatives |
@NullMarked
package dev.chancery.server.registry.manifest;

import org.jspecify.annotations.NullMarked;
