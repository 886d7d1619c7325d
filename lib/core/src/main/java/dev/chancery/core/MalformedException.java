// SPDX-License-Identifier: Apache-2.0
package dev.chancery.core;

/// What was sent can never be right, whoever sends it and however often: do not retry.
public final class MalformedException extends ChanceryException {
    private static final long serialVersionUID = 1;

    public MalformedException(String message) {
        super(message, null);
    }

    public MalformedException(String message, Throwable cause) {
        super(message, cause);
    }

    /// For a value that fails its own rule: `authority "Qa" has "Q" where ...`.
    public static MalformedException value(String subject, CharSequence value, String fault) {
        return new MalformedException(subject + " " + Quoted.text(value) + " " + fault);
    }
}
