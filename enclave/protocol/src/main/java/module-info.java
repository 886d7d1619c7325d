// SPDX-License-Identifier: Apache-2.0
import org.jspecify.annotations.NullMarked;

/// What is said between an enclave and those who ask it.
@NullMarked
module dev.chancery.protocol {
    requires static org.jspecify;
    requires transitive dev.chancery.core;
    requires dev.chancery.json;

    exports dev.chancery.protocol;
}
