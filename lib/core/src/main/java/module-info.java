// SPDX-License-Identifier: Apache-2.0
import org.jspecify.annotations.NullMarked;

/// The words of the office as values, the ports between its parts, and nothing that runs by itself.
@NullMarked
module dev.chancery.core {
    requires static org.jspecify;

    exports dev.chancery.core;
    exports dev.chancery.format;
    exports dev.chancery.hashing;
    exports dev.chancery.key;
    exports dev.chancery.verification;
}
