// SPDX-License-Identifier: Apache-2.0
package dev.chancery.enclave.audit;

/// An unfinished line, so many bytes of it, was removed when the chain was taken up again.
public record Recovery(long cut) implements AuditEvent {}
