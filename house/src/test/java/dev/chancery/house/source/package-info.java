// SPDX-License-Identifier: Apache-2.0

/// Rules about Java sources: their budgets and their shape.
@NullMarked
package dev.chancery.house.source;

import org.jspecify.annotations.NullMarked;
