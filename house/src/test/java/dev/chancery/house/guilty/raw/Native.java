// SPDX-License-Identifier: Apache-2.0
package dev.chancery.house.guilty.raw;

import java.lang.foreign.MemorySegment;

/// A format that touches memory that Java does not check.
record Native(MemorySegment memory) {}
