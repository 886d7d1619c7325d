// SPDX-License-Identifier: Apache-2.0
package dev.chancery.house.guilty.circle.left;

import dev.chancery.house.guilty.circle.right.Right;

/// Knows the right, which knows the left.
public record Left(Right right) {
    public static final String NAME = String.valueOf("left");
}
