// SPDX-License-Identifier: Apache-2.0
package dev.chancery.bundle;

import dev.chancery.json.Json;
import dev.chancery.key.SignatureValue;

/// What a bundle carries: a signature over a file's digest, or a signed document.
public sealed interface BundleContent permits MessageSignature, Envelope {
    /// The bundle's field that it stands in.
    String field();

    Json toJson();

    /// The signature itself.
    SignatureValue signature();
}
