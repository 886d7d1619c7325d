// SPDX-License-Identifier: Apache-2.0
package dev.chancery.house.guilty.keys.pkcs11;

import java.lang.foreign.MemorySegment;

/// A key provider that knows no other; it may call native code.
public record TokenKeys(MemorySegment innocent) {}
