// SPDX-License-Identifier: Apache-2.0
/// The packaged command where things end: full disks, missing and foreign files, kills in the middle of a run,
/// contents of many gibibytes in little memory.
///
/// What a failure leaves behind is looked at from outside: files that are whole or not there, an exit status,
/// one sentence on standard error.
@NullMarked
package dev.chancery.robustness;

import org.jspecify.annotations.NullMarked;
