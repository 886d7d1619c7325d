// SPDX-License-Identifier: Apache-2.0
package dev.chancery.enclave.audit;

/// What a line tells of.
public sealed interface AuditEvent permits Decision, Recovery {}
