// SPDX-License-Identifier: Apache-2.0
package dev.chancery.hashing;

import dev.chancery.core.DigestAlgorithm;

/// Something that has to be known of an artifact's content.
public sealed interface Measure {
    /// The finished digest of the bytes.
    record OfDigest(DigestAlgorithm algorithm) implements Measure {}

    /// The hash state after the content, ready for a trailer.
    record OfState(DigestAlgorithm algorithm, ContentForm form) implements Measure {}

    /// The content itself, at most [Measured#CONTENT_BYTES_MAX] bytes.
    record OfContent() implements Measure {}

    static Measure digest(DigestAlgorithm algorithm) {
        return new OfDigest(algorithm);
    }

    static Measure state(DigestAlgorithm algorithm, ContentForm form) {
        return new OfState(algorithm, form);
    }

    static Measure content() {
        return new OfContent();
    }
}
