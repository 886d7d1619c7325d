// SPDX-License-Identifier: Apache-2.0
package dev.chancery.store.request;

import dev.chancery.core.MalformedException;
import java.util.regex.Pattern;

/// The name of one of the servers on a store: the same one after a restart, and no other server's.
public record Instance(String name) {
    /// Characters: a host name's label.
    public static final int CHARACTERS_MAX = 64;

    private static final Pattern FORM = Pattern.compile("[a-z0-9]([a-z0-9.-]*[a-z0-9])?");

    public Instance {
        if (name.length() > CHARACTERS_MAX || !FORM.matcher(name).matches()) {
            throw MalformedException.value(
                    "name of a server",
                    name,
                    "is not 1 to " + CHARACTERS_MAX
                            + " lower-case letters, digits, \"-\" and \".\" with a letter or digit at both ends");
        }
    }
}
