// SPDX-License-Identifier: Apache-2.0
package dev.chancery.house.guilty.raw;

/// A format that others know.
public record RawFrame(String frame) {}
