// SPDX-License-Identifier: Apache-2.0
package dev.chancery.store.job;

/// One attempt at a job: who holds it may say how it ended, until there is another.
public record Lease(long job, int attempt) {}
