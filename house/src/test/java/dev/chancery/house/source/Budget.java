// SPDX-License-Identifier: Apache-2.0
package dev.chancery.house.source;

import dev.chancery.house.tree.Breach;
import java.util.Optional;

/// One limit on size.
///
/// @param most what is still allowed, in the unit that `advice` begins with
/// @param advice the unit, and what to do about too much of it
record Budget(String rule, int most, String advice) {

    Optional<Breach> judge(String subject, int measure) {
        return judge(subject, measure, "");
    }

    /// @param place where in the subject, for the reader; the allow-list does not see it
    Optional<Breach> judge(String subject, int measure, String place) {
        if (measure <= most) {
            return Optional.empty();
        }
        var complaint = measure + " " + advice + place + "; the budget is " + most + ".";
        return Optional.of(new Breach(rule, subject, measure, complaint));
    }
}
