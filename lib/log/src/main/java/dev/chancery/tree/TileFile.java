// SPDX-License-Identifier: Apache-2.0
package dev.chancery.tree;

import dev.chancery.core.Bytes;

/// A file of the log: it is written once and never changed.
public record TileFile(TilePath path, Bytes content) {}
