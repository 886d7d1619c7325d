// SPDX-License-Identifier: Apache-2.0
package dev.chancery.house.guilty.server;

import dev.chancery.house.guilty.keys.file.FileKeys;

/// A front door that reaches for the keys.
record Front(FileKeys keys) {}
