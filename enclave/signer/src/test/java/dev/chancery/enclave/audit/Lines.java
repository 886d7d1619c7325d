// SPDX-License-Identifier: Apache-2.0
package dev.chancery.enclave.audit;

import dev.chancery.core.ArtifactName;
import dev.chancery.core.Authority;
import dev.chancery.core.Bytes;
import dev.chancery.core.Digest;
import dev.chancery.core.DigestAlgorithm;
import dev.chancery.core.Encoding;
import dev.chancery.core.FormatName;
import dev.chancery.core.Requester;
import dev.chancery.key.KeyId;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Decisions and chains for the tests.
final class Lines {
    static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");
    static final Digest DIGEST = AuditLine.hash(bytes("content"));
    static final KeyId KEY = new KeyId(AuditLine.hash(bytes("key")).hex());

    private Lines() {}

    static Bytes bytes(String text) {
        return Bytes.of(text.getBytes(StandardCharsets.UTF_8));
    }

    static String text(Bytes bytes) {
        return new String(bytes.toArray(), StandardCharsets.UTF_8);
    }

    static Decision decision(String artifact, Decision.Answer answer) {
        var content =
                new Decision.Content(new ArtifactName(artifact), 7, Map.of(DigestAlgorithm.SHA256, DIGEST), Map.of());
        var asked = new Decision.Asked(new Authority("qa"), new FormatName("raw"), Encoding.BINARY, content);
        return new Decision(new Requester("local:alice"), Optional.empty(), asked, answer);
    }

    static Decision granted(String artifact) {
        return decision(artifact, new Decision.Answer.Granted(KEY, DIGEST));
    }

    /// A chain of so many granted decisions from the first on.
    static List<Bytes> chain(int length) {
        var chain = new ArrayList<Bytes>();
        var previous = AuditLine.NONE;
        for (int i = 1; i <= length; i++) {
            var line = new AuditLine(i, NOW.plusSeconds(i), granted("artifact-" + i), previous).write();
            chain.add(line);
            previous = AuditLine.hash(line);
        }
        return chain;
    }

    static byte[] file(List<Bytes> lines) {
        var file = new StringBuilder();
        lines.forEach(line -> file.append(text(line)).append('\n'));
        return file.toString().getBytes(StandardCharsets.UTF_8);
    }
}
