// SPDX-License-Identifier: Apache-2.0
import org.jspecify.annotations.NullMarked;

/// A transparency log's formats: notes, trees, checkpoints, receipts and the entries of ours. Opens no file.
@NullMarked
module dev.chancery.log {
    requires static org.jspecify;
    requires transitive dev.chancery.core;
    requires transitive dev.chancery.json;

    exports dev.chancery.entry;
    exports dev.chancery.log;
    exports dev.chancery.note;
    exports dev.chancery.tree;
}
