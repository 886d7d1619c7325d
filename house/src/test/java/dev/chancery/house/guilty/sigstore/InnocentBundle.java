// SPDX-License-Identifier: Apache-2.0
package dev.chancery.house.guilty.sigstore;

import dev.chancery.house.guilty.dsse.Envelope;

/// The one format that may know another.
public record InnocentBundle(Envelope envelope) {}
