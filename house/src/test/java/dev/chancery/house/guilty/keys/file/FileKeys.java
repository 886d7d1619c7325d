// SPDX-License-Identifier: Apache-2.0
package dev.chancery.house.guilty.keys.file;

import dev.chancery.house.guilty.keys.pkcs11.TokenKeys;

/// A key provider that knows another one.
public record FileKeys(TokenKeys others) {}
