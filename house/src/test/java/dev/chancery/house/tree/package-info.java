// SPDX-License-Identifier: Apache-2.0

/// The words that every rule shares.
@NullMarked
package dev.chancery.house.tree;

import org.jspecify.annotations.NullMarked;
