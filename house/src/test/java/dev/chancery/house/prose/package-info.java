// SPDX-License-Identifier: Apache-2.0

/// Rules about documents, and about what no file may hold.
@NullMarked
package dev.chancery.house.prose;

import org.jspecify.annotations.NullMarked;
