// SPDX-License-Identifier: Apache-2.0
package dev.chancery.house.guilty.circle.right;

import dev.chancery.house.guilty.circle.left.Left;

/// Knows the left, which knows the right.
public record Right(String name) {
    public Right {
        name = name + Left.NAME;
    }
}
