// SPDX-License-Identifier: Apache-2.0
/// Two decisions: whether an artifact has the signatures that it needs ([VerificationPolicy]), and whether a
/// requester may have one made ([SigningRules]). Nothing here reads a clock, a file or a network.
package dev.chancery.policy;
