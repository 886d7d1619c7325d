// SPDX-License-Identifier: Apache-2.0
package dev.chancery.cli.terminal;

/// The words of the command do not fit together: exit status 2. Not one of the three errors, for nothing was
/// asked yet.
public final class UsageException extends RuntimeException {
    private static final long serialVersionUID = 1;

    public UsageException(String message) {
        super(message);
    }
}
