// SPDX-License-Identifier: Apache-2.0
package dev.chancery.cli.kms;

import dev.chancery.core.ArtifactName;
import dev.chancery.core.Authority;

/// What stands behind `chancery://`.
///
/// @param artifact what is signed is called for the rules and the record
record KeyResource(Authority authority, ArtifactName artifact) {
    /// Who starts this says no name.
    private static final ArtifactName UNNAMED = new ArtifactName("cosign");

    static KeyResource parse(String text) {
        int slash = text.indexOf('/');
        return slash < 0
                ? new KeyResource(new Authority(text), UNNAMED)
                : new KeyResource(new Authority(text.substring(0, slash)), new ArtifactName(text.substring(slash + 1)));
    }
}
