// SPDX-License-Identifier: Apache-2.0
/// What is on record, and whether the record is whole.
///
/// [AuditVerifyCommand] proves that a chain of decisions ([dev.chancery.enclave.audit]) has no line changed,
/// dropped or moved, and prints its head: who keeps the head elsewhere can demand it the next time, and finds
/// a file that was cut off or begun anew. [AuditListCommand] answers what a key or an authority signed, and
/// when; it reads the chain the same way, so that it never answers from a broken one.
@NullMarked
package dev.chancery.cli.records;

import org.jspecify.annotations.NullMarked;
