// SPDX-License-Identifier: Apache-2.0
package dev.chancery.cli.signing;

import dev.chancery.key.Key;

/// The public keys that [Arrival] checks with: whoever decides what they are decides what is accepted.
@FunctionalInterface
public interface PublicKeys {
    /// Throws `UnavailableException` (with a hint) when this key is not its authority's by these keys.
    void requirePublished(Key key);
}
