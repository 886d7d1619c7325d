// SPDX-License-Identifier: Apache-2.0
package dev.chancery.store.job;

import dev.chancery.core.MalformedException;

/// How an attempt ended.
///
/// @param report what is to be known of it, in JSON
public record Ending(Outcome outcome, String report) {
    public static final int REPORT_CHARACTERS_MAX = 8_192;

    /// What comes of the job.
    public enum Outcome {
        DONE,
        /// It may go better next time.
        FAILED,
        /// It would end like this each time: a rule refused it, or it is malformed.
        HOPELESS
    }

    public Ending {
        if (report.isEmpty() || report.length() > REPORT_CHARACTERS_MAX || report.indexOf('\0') >= 0) {
            throw MalformedException.value(
                    "report", report, "is not 1 to %d characters other than NUL".formatted(REPORT_CHARACTERS_MAX));
        }
    }
}
