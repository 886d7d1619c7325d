// SPDX-License-Identifier: Apache-2.0
package dev.chancery.policy;

/// A policy's decision about an artifact and its signatures, and the reasons.
public sealed interface Outcome {
    Judgement judgement();

    record Accepted(Judgement judgement, VerifiedArtifact artifact) implements Outcome {}

    record Refused(Judgement judgement) implements Outcome {}
}
