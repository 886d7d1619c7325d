// SPDX-License-Identifier: Apache-2.0
package dev.chancery.server.queue;

import dev.chancery.core.ArtifactName;
import dev.chancery.core.Digest;
import dev.chancery.core.DigestAlgorithm;
import dev.chancery.core.MalformedException;
import dev.chancery.core.Quoted;
import dev.chancery.json.Json;
import dev.chancery.json.JsonFields;
import dev.chancery.json.JsonObject;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// What a worker says of an attempt.
///
/// @param reason why it failed
/// @param sha256 of the artifact
/// @param files what lies beside it now
/// @param stages milliseconds of each stage that was reached
record JobReport(Optional<String> reason, Optional<Digest> sha256, List<ArtifactName> files, Map<Stage, Long> stages) {
    static final JobReport EMPTY = new JobReport(Optional.empty(), Optional.empty(), List.of(), Map.of());

    static final int REASON_CHARACTERS_MAX = 1_000;
    static final int FILES_MAX = 20;
    /// Milliseconds: a week.
    static final long STAGE_MAX = 7L * 24 * 60 * 60 * 1_000;

    /// What a worker does with an artifact, in this order.
    enum Stage {
        FETCH,
        SIGN,
        VERIFY,
        UPLOAD;

        String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    static JobReport read(JsonObject report) {
        var reason = report.optionalText("reason", JobReport::reason);
        var sha256 = report.optionalText("sha256", hex -> Digest.parse(DigestAlgorithm.SHA256, hex));
        List<ArtifactName> files = report.optional("files")
                .map(list -> list.list(0, FILES_MAX, name -> name.text(ArtifactName::new)))
                .orElse(List.of());
        Map<Stage, Long> stages = report.optional("stages")
                .map(value -> value.object(JobReport::stages))
                .orElse(Map.of());
        return new JobReport(reason, sha256, files, stages);
    }

    private static String reason(String text) {
        if (text.isEmpty()
                || text.length() > REASON_CHARACTERS_MAX
                || !text.codePoints().allMatch(Quoted::isPlain)) {
            throw MalformedException.value(
                    "reason", text, "is not a line of 1 to %d characters".formatted(REASON_CHARACTERS_MAX));
        }
        return text;
    }

    private static Map<Stage, Long> stages(JsonObject object) {
        var stages = new EnumMap<Stage, Long>(Stage.class);
        for (var stage : Stage.values()) {
            object.optional(stage.word()).ifPresent(value -> stages.put(stage, value.integer(0, STAGE_MAX)));
        }
        return stages;
    }

    Json toJson() {
        var fields = new JsonFields();
        reason.ifPresent(text -> fields.put("reason", text));
        sha256.ifPresent(digest -> fields.put("sha256", digest.hex()));
        if (!files.isEmpty()) {
            fields.putTexts("files", files);
        }
        if (!stages.isEmpty()) {
            var millis = new JsonFields();
            stages.forEach((stage, value) -> millis.put(stage.word(), value));
            fields.put("stages", millis.toJson());
        }
        return fields.toJson();
    }
}
