// SPDX-License-Identifier: Apache-2.0
import org.jspecify.annotations.NullMarked;

/// Strict JSON for files and messages from outside: what is not known is an error.
@NullMarked
module dev.chancery.json {
    requires static org.jspecify;
    requires transitive dev.chancery.core;

    exports dev.chancery.json;
}
