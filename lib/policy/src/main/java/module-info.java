// SPDX-License-Identifier: Apache-2.0
import org.jspecify.annotations.NullMarked;

/// Who must have signed, and who may ask: decisions only, without clock, file or network.
@NullMarked
module dev.chancery.policy {
    requires static org.jspecify;
    requires transitive dev.chancery.core;
    requires transitive dev.chancery.json;

    exports dev.chancery.life;
    exports dev.chancery.policy;
}
