// SPDX-License-Identifier: Apache-2.0
package dev.chancery.cli.tags;

import dev.chancery.cli.terminal.Shown;
import dev.chancery.cli.terminal.Terminal;
import dev.chancery.core.Authority;
import dev.chancery.json.JsonFields;
import dev.chancery.tag.TagName;
import java.nio.file.Path;
import java.util.Map;

/// What `tag create` and `tag sign` say when they are done.
record TagAnswer(TagName name, Map<Authority, TagSignatures.Signed> signed, Path file) {
    void print(Terminal terminal, boolean json) {
        if (json) {
            var signatures = signed.values().stream()
                    .map(one -> new JsonFields()
                            .put("authority", one.key().authority().name())
                            .put("key", one.key().id().hex())
                            .toJson())
                    .toList();
            terminal.out()
                    .print(new JsonFields()
                            .put("tag", name.text())
                            .put("signed", signatures)
                            .put("file", file.toString())
                            .toJson()
                            .pretty());
            return;
        }
        signed.keySet()
                .forEach(authority -> terminal.out()
                        .println("%s  signed as %s (%s)  %s"
                                .formatted(name, authority, TagSignatures.FORMAT, Shown.plain(file))));
    }
}
