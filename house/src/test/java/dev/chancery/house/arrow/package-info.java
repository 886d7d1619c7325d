// SPDX-License-Identifier: Apache-2.0

/// Rules about who may know whom.
@NullMarked
package dev.chancery.house.arrow;

import org.jspecify.annotations.NullMarked;
