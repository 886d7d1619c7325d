// SPDX-License-Identifier: Apache-2.0
package dev.chancery.packet;

import dev.chancery.hashing.Hashes;

/// What signatures are checked with: the version that counts, and the arithmetic.
public record Checking(PacketVersion version, Hashes hashes, SignatureValues values) {}
