// SPDX-License-Identifier: Apache-2.0
package dev.chancery.cli.demo;

import java.util.function.Supplier;

/// How a tool's verdict is read from what it did.
enum Reading {
    /// Status 0 is yes: for tools that are strict.
    STATUS,
    /// Status 0 and GnuPG's status lines: gpg and gpgv also end with 0 when the key has expired or was revoked.
    ///
    /// Demanded are `GOODSIG`, which is given for no such key, and `VALIDSIG`, whose last word is the
    /// fingerprint of the primary key, with the fingerprint that was expected.
    GNUPG;

    boolean accepts(Programs.Run run, Supplier<String> fingerprint) {
        return switch (this) {
            case STATUS -> run.status() == 0;
            case GNUPG ->
                run.status() == 0
                        && run.output().lines().anyMatch(line -> line.startsWith("[GNUPG:] GOODSIG "))
                        && isValidBy(run, fingerprint.get());
        };
    }

    private static boolean isValidBy(Programs.Run run, String fingerprint) {
        return run.output()
                .lines()
                .anyMatch(line -> line.startsWith("[GNUPG:] VALIDSIG ") && line.endsWith(" " + fingerprint));
    }
}
