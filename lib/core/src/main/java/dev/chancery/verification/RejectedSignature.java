// SPDX-License-Identifier: Apache-2.0
package dev.chancery.verification;

import dev.chancery.format.Reason;

/// A signature that does not count, and why. The sentence continues "does not count: ".
public record RejectedSignature(String file, Reason reason, String sentence) implements Finding {}
