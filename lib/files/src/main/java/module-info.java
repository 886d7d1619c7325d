// SPDX-License-Identifier: Apache-2.0
import org.jspecify.annotations.NullMarked;

/// The front door for programs: artifacts, signatures and keyrings as files.
@NullMarked
module dev.chancery.files {
    requires transitive dev.chancery.core;
    requires transitive dev.chancery.formats;
    requires transitive dev.chancery.policy;
    requires static org.jspecify;

    exports dev.chancery.files;
    exports dev.chancery.trust;
}
