// SPDX-License-Identifier: Apache-2.0
package dev.chancery.cli;

/// The words of the command do not fit together: exit status 2. Not one of the three errors, for nothing was
/// asked yet.
final class UsageException extends RuntimeException {
    private static final long serialVersionUID = 1;

    UsageException(String message) {
        super(message);
    }
}
