// SPDX-License-Identifier: Apache-2.0
package dev.chancery.cli.command;

import dev.chancery.core.ChanceryException;
import dev.chancery.core.MalformedException;
import dev.chancery.core.RefusedException;
import dev.chancery.core.UnavailableException;

/// The exit statuses of the command, one for each of the three errors and three more.
public final class ExitStatus {
    public static final int DONE = 0;
    public static final int VERIFICATION_SAYS_NO = 1;
    public static final int USAGE = 2;
    public static final int MALFORMED = 3;
    public static final int REFUSED = 4;
    public static final int UNAVAILABLE = 5;
    /// An exception that nobody foresaw: `EX_SOFTWARE` of sysexits(3), and never mistaken for an answer.
    public static final int BUG = 70;

    private ExitStatus() {}

    public static int of(ChanceryException error) {
        return switch (error) {
            case MalformedException malformed -> MALFORMED;
            case RefusedException refused -> REFUSED;
            case UnavailableException unavailable -> UNAVAILABLE;
        };
    }
}
