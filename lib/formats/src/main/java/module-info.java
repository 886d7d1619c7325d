// SPDX-License-Identifier: Apache-2.0
import org.jspecify.annotations.NullMarked;

/// The signature formats, a flat package each. They do not know each other; `dev.chancery.formats` knows them
/// all.
@NullMarked
module dev.chancery.formats {
    requires transitive dev.chancery.core;
    requires transitive dev.chancery.json;
    requires org.bouncycastle.pg;
    requires org.bouncycastle.provider;
    requires static org.jspecify;

    exports dev.chancery.algorithms;
    exports dev.chancery.bundle;
    exports dev.chancery.certificates;
    exports dev.chancery.cms;
    exports dev.chancery.formats;
    exports dev.chancery.minisign;
    exports dev.chancery.notation;
    exports dev.chancery.openpgp;
    exports dev.chancery.openpgp6;
    exports dev.chancery.packet;
    exports dev.chancery.raw;
    exports dev.chancery.signify;
    exports dev.chancery.sigstore;
    exports dev.chancery.sshsig;
    exports dev.chancery.statement;
    exports dev.chancery.tag;
    exports dev.chancery.timestamp;
}
