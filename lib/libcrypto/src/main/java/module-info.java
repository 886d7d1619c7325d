// SPDX-License-Identifier: Apache-2.0
import org.jspecify.annotations.NullMarked;

/// SHA-2 at the speed of OpenSSL, with a state that can be taken out; and BLAKE2b.
/// Calls native code: the launcher gives
/// `--enable-native-access=dev.chancery.libcrypto`.
@NullMarked
module dev.chancery.libcrypto {
    requires static org.jspecify;
    requires transitive dev.chancery.core;

    exports dev.chancery.libcrypto;
}
