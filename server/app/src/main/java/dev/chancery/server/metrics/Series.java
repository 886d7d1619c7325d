// SPDX-License-Identifier: Apache-2.0
package dev.chancery.server.metrics;

import java.util.function.BiConsumer;

/// The numbers of one combination of label values.
interface Series {
    /// Gives each line: what stands behind the family's name and what is added to the labels (`_bucket`,
    /// `le="5"`), and the number.
    void lines(BiConsumer<Suffix, String> line);

    /// What is added to name and labels.
    ///
    /// @param name behind that of the family
    /// @param label one more, written out; empty for none
    record Suffix(String name, String label) {
        static final Suffix NONE = new Suffix("", "");
    }
}
