// SPDX-License-Identifier: Apache-2.0
import org.jspecify.annotations.NullMarked;

/// Key providers: what performs the private-key operation. Only the enclave may see this module.
/// `keys.pkcs11` calls native code: the launcher gives `--enable-native-access`.
@NullMarked
module dev.chancery.keys {
    requires static org.jspecify;
    requires transitive dev.chancery.core;
    requires transitive dev.chancery.json;
    requires jdk.security.auth;
    requires org.bouncycastle.provider;

    exports dev.chancery.keys.file;
    exports dev.chancery.keys.handle;
    exports dev.chancery.keys.pkcs11;
    exports dev.chancery.keys.share;
    exports dev.chancery.keys.vault;
}
