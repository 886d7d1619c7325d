// SPDX-License-Identifier: Apache-2.0
package dev.chancery.house.guilty.libcrypto;

import java.lang.foreign.MemorySegment;

/// The one place of `lib` for native calls.
record InnocentNative(MemorySegment memory) {}
