// SPDX-License-Identifier: Apache-2.0
import org.jspecify.annotations.NullMarked;

/// The program that sshd runs. It needs nothing but the JDK's base.
@NullMarked
module dev.chancery.relay {
    requires static org.jspecify;

    exports dev.chancery.relay;
}
