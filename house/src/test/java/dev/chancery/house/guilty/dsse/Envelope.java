// SPDX-License-Identifier: Apache-2.0
package dev.chancery.house.guilty.dsse;

/// A format that `sigstore` may know.
public record Envelope(String innocent) {}
