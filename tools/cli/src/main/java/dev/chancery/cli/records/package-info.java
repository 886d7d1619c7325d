// SPDX-License-Identifier: Apache-2.0
/// What is on record, and whether the record is whole.
///
/// [AuditVerifyCommand] proves that a chain of decisions ([dev.chancery.enclave.audit]) has no line changed,
/// dropped or moved, and prints its head: who keeps the head elsewhere can demand it the next time, and finds
/// a file that was cut off or begun anew. [AuditListCommand] answers what a key or an authority signed, and
/// when; it reads the chain the same way, so that it never answers from a broken one.
///
/// [LogVerifyCommand] proves a transparency log whole ([dev.chancery.tree.TreeAudit]), in a folder or behind
/// a URL: the public record of what the chain has within. A file that is missing or wrong is *no* (status 1);
/// a server that does not answer, or answers with anything but 200, 404 and 410, is *unavailable* (status 5);
/// what is no checkpoint or no key is *malformed* (status 3).
///
/// [LogMonitorCommand] follows a log ([LogFollower]) and remembers its last checkpoint ([LogMemory]): here a
/// log that cannot be read, or shows what its key did not sign, is *unavailable*, and one that does not
/// continue what it was is *no*. [AuditCompareCommand] compares chains with a log; what binds them is in
/// [AuditLinks].
@NullMarked
package dev.chancery.cli.records;

import org.jspecify.annotations.NullMarked;
