// SPDX-License-Identifier: Apache-2.0
package dev.chancery.store.job;

import dev.chancery.core.ArtifactName;
import dev.chancery.core.MalformedException;
import java.util.regex.Pattern;

/// What is to be done.
///
/// @param place a name that workers know
/// @param priority 0 to 9; the highest goes first
public record Order(String place, ArtifactName artifact, int priority) {
    public static final int PLACE_CHARACTERS_MAX = 64;
    public static final int PRIORITY_USUAL = 5;
    public static final int PRIORITY_MAX = 9;

    private static final Pattern FORM = Pattern.compile("[a-z0-9]([a-z0-9-]*[a-z0-9])?");

    public Order {
        if (place.length() > PLACE_CHARACTERS_MAX || !FORM.matcher(place).matches()) {
            throw MalformedException.value(
                    "name of a place",
                    place,
                    "is not 1 to " + PLACE_CHARACTERS_MAX
                            + " lower-case letters, digits and \"-\" with a letter or digit at both ends");
        }
        if (priority < 0 || priority > PRIORITY_MAX) {
            throw new MalformedException("priority %d is not 0 to %d".formatted(priority, PRIORITY_MAX));
        }
    }
}
