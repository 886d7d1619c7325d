// SPDX-License-Identifier: Apache-2.0
package dev.chancery.store.tag;

/// What came of creating a tag.
public enum Creation {
    CREATED,
    /// It was there, and says the same.
    SAME,
    /// It was there, says something else, and is as it was.
    DIFFERENT
}
