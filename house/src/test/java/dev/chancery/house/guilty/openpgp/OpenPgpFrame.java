// SPDX-License-Identifier: Apache-2.0
package dev.chancery.house.guilty.openpgp;

import dev.chancery.house.guilty.raw.RawFrame;

/// A format that knows another one.
public record OpenPgpFrame(RawFrame inner) {}
