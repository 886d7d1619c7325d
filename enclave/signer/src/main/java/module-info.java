// SPDX-License-Identifier: Apache-2.0
import org.jspecify.annotations.NullMarked;

/// The signing engine. What it requires is all that an auditor has to read.
@NullMarked
module dev.chancery.enclave {
    requires transitive dev.chancery.core;
    requires transitive dev.chancery.policy;
    requires transitive dev.chancery.keys;
    requires transitive dev.chancery.formats;
    requires transitive dev.chancery.protocol;
    requires dev.chancery.json;
    requires dev.chancery.libcrypto;
    requires com.amazon.corretto.crypto.provider;
    requires jdk.net;
    requires static org.jspecify;

    exports dev.chancery.enclave;
    exports dev.chancery.enclave.audit;
    exports dev.chancery.enclave.doors;
    exports dev.chancery.enclave.libraries;
    exports dev.chancery.enclave.process;
    exports dev.chancery.enclave.sandbox;
}
