// SPDX-License-Identifier: Apache-2.0
package dev.chancery.enclave.sandbox;

import java.util.Locale;
import java.util.Set;

/// How the process is sealed.
///
/// @param filter what becomes of the system calls that nobody thought of
/// @param mayBeMissing [Part#MEMORY_LOCK], if the process may go on when its memory cannot be locked; all
///     else is required
public record Sealing(Filter filter, Set<Part> mayBeMissing) {
    public Sealing {
        mayBeMissing = Set.copyOf(mayBeMissing);
    }

    /// What becomes of the system calls that nobody thought of.
    public enum Filter {
        /// They pass, up to the last number of Linux 6.1. The default: it survives another C library and
        /// another JDK.
        DENY_LIST,
        /// They are answered with EPERM. What was measured with one JDK and one C library has to be measured
        /// with others.
        ALLOW_LIST;

        /// For configurations: `deny-list`.
        public String label() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }
}
