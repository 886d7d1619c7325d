// SPDX-License-Identifier: Apache-2.0
package dev.chancery.format;

import java.util.Locale;

/// Why a signature does not count. The labels are stable: they stand in `--json` output.
public enum Reason {
    /// The bytes are not a signature of any format that the file's name allows.
    MALFORMED,
    /// No key of the keyring made it.
    UNKNOWN_KEY,
    /// A key of the keyring is named, and this is not its signature over this content.
    OTHER_CONTENT,
    /// The key had expired when the signature was made, or the signature itself has an end that has passed.
    EXPIRED,
    /// The key is revoked, at the time of the signature (retired, superseded) or for all time (compromised).
    REVOKED,
    /// The key was not entitled to sign then: not a signing key, not yet made, not bound to its certificate.
    UNFIT_KEY,
    /// The signature lies in the future of the verifier's clock.
    NOT_YET_VALID,
    /// An algorithm, version or type that is too weak or not known here.
    UNSUPPORTED,
    /// A log was demanded, and there is no proof that it has the signature.
    NOT_LOGGED;

    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
