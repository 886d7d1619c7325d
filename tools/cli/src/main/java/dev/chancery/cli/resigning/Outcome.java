// SPDX-License-Identifier: Apache-2.0
package dev.chancery.cli.resigning;

import dev.chancery.cli.terminal.Shown;
import dev.chancery.json.Json;
import dev.chancery.json.JsonFields;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;

/// What became of one old signature.
///
/// @param file that was written for it
/// @param reason why it was left
record Outcome(OldSignature old, Kind kind, Optional<Path> file, Optional<String> reason) {
    enum Kind {
        SIGNED("signed again"),
        WOULD("would be signed again"),
        ALREADY("is signed again already"),
        LEFT("not signed again");

        private final String words;

        Kind(String words) {
            this.words = words;
        }
    }

    static Outcome left(OldSignature old, String reason) {
        return new Outcome(old, Kind.LEFT, Optional.empty(), Optional.of(reason));
    }

    String sentence() {
        return Shown.plain("%s  %s as %s (%s), entry %d%s%s"
                .formatted(
                        old.name(),
                        kind.words,
                        old.how().authority(),
                        old.how().format(),
                        old.place().index(),
                        file.map(path -> "  " + path).orElse(""),
                        reason.map(text -> ": " + text).orElse("")));
    }

    Json json() {
        var fields = new JsonFields()
                .put("outcome", kind.name().toLowerCase(Locale.ROOT))
                .put("index", old.place().index())
                .put("artifact", old.name().text())
                .put("sha256", old.sha256().hex())
                .put("authority", old.how().authority().name())
                .put("format", old.how().format().text())
                .put("encoding", old.how().encoding().label());
        file.ifPresent(path -> fields.put("file", path.toString()));
        reason.ifPresent(text -> fields.put("reason", text));
        return fields.toJson();
    }
}
