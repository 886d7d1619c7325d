// SPDX-License-Identifier: Apache-2.0
/// `chancery key rehearse`: three cycles with their overlaps, an extension, a soft and a hard revocation, in a
/// sandbox office, judged at each [stage][Stage] by the tools that are installed.
///
/// The commands are the ordinary ones, run in this process with a clock of their own. Tools have the machine's
/// clock, and most of them no other; so each stage makes an office anew whose story began just so long ago that
/// the stage is now. A thief is a copy of the office from before the event, whose ledger he mended for himself.
///
/// What has to come out is `dev.chancery.life.Forecast`. Nothing of the user's office is read.
@NullMarked
package dev.chancery.cli.rehearsal;

import org.jspecify.annotations.NullMarked;
