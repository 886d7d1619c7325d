// SPDX-License-Identifier: Apache-2.0
package dev.chancery.house.guilty.verification;

/// What only the verifier may make.
record VerifiedSignature(String name) {}
