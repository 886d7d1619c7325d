// SPDX-License-Identifier: Apache-2.0
package dev.chancery.enclave.audit;

import dev.chancery.core.ArtifactName;
import dev.chancery.core.Authority;
import dev.chancery.core.Bytes;
import dev.chancery.core.Digest;
import dev.chancery.core.DigestAlgorithm;
import dev.chancery.core.Encoding;
import dev.chancery.core.FormatName;
import dev.chancery.core.MalformedException;
import dev.chancery.core.Requester;
import dev.chancery.hashing.Salt;
import dev.chancery.json.Json;
import dev.chancery.json.JsonObject;
import dev.chancery.key.KeyId;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.OptionalLong;

/// One line of the chain. It has one spelling: what is read and written again is the same bytes.
public record AuditLine(long sequence, Instant time, AuditEvent event, Digest previous) {
    /// Bytes: a reason of a thousand characters, each of them escaped, and all the rest.
    public static final int BYTES_MAX = 16_384;

    /// What the first line has for the SHA-256 of the line before.
    public static final Digest NONE =
            new Digest(DigestAlgorithm.SHA256, new byte[DigestAlgorithm.SHA256.digestBytes()]);

    private static final String SIGNING = "signing";
    private static final String RECOVERY = "recovery";

    /// The line without its line feed.
    public Bytes write() {
        var line = new LineWriting().number("sequence", sequence).text("time", time.toString());
        if (event instanceof Decision decision) {
            line.text("event", SIGNING).text("requester", decision.requester().text());
            decision.voucher().ifPresent(voucher -> line.text("voucher", voucher.text()));
            asked(line, decision.asked());
            answer(line, decision.answer());
        } else {
            line.text("event", RECOVERY).number("cut", ((Recovery) event).cut());
        }
        return line.text("previous", previous.hex()).toBytes();
    }

    private static void asked(LineWriting line, Decision.Asked asked) {
        line.text("authority", asked.authority().name())
                .text("format", asked.format().text())
                .text("encoding", asked.encoding().label())
                .text("artifact", asked.content().name().text());
        asked.content().size().ifPresent(size -> line.number("size", size));
        line.open("digests");
        asked.content().digests().forEach((algorithm, digest) -> line.text(algorithm.label(), digest.hex()));
        line.close().open("claimed");
        asked.content().claimed().forEach((algorithm, digest) -> line.text(algorithm.label(), digest.hex()));
        line.close();
        asked.content()
                .salted()
                .ifPresent(salted -> line.open("salted")
                        .text("salt", salted.salt().hex())
                        .text(
                                salted.digest().algorithm().label(),
                                salted.digest().hex())
                        .close());
    }

    private static void answer(LineWriting line, Decision.Answer answer) {
        if (answer instanceof Decision.Answer.Granted granted) {
            line.text("verdict", "granted")
                    .text("key", granted.key().hex())
                    .text("signature", granted.signature().hex());
            granted.value().ifPresent(value -> line.text("value", value.hex()));
        } else if (answer instanceof Decision.Answer.Refused refused) {
            line.text("verdict", "refused").text("rule", refused.rule()).text("reason", refused.reason());
        } else if (answer instanceof Decision.Answer.Malformed malformed) {
            line.text("verdict", "malformed").text("reason", malformed.reason());
        } else {
            line.text("verdict", "unavailable").text("reason", ((Decision.Answer.Unavailable) answer).reason());
        }
    }

    /// Reads a line without its line feed. Throws `MalformedException` for whatever [#write] would not have
    /// written.
    public static AuditLine read(Bytes bytes) {
        var line = Json.parse(bytes, "audit line", BYTES_MAX).object(AuditLine::read);
        if (!line.write().equals(bytes)) {
            throw new MalformedException("audit line is spelled as none is written");
        }
        return line;
    }

    private static AuditLine read(JsonObject line) {
        long sequence = line.integer("sequence", 1, Json.INTEGER_MAX);
        Instant time = line.text("time", AuditLine::time);
        AuditEvent event = line.text("event").equals(SIGNING)
                ? new Decision(
                        line.text("requester", Requester::new),
                        line.optionalText("voucher", Requester::new),
                        readAsked(line),
                        readAnswer(line))
                : line.text("event", AuditLine::recovery).read(line);
        return new AuditLine(sequence, time, event, line.text("previous", AuditLine::sha256));
    }

    private interface Reading {
        AuditEvent read(JsonObject line);
    }

    private static Reading recovery(String event) {
        if (!event.equals(RECOVERY)) {
            throw MalformedException.value("event", event, "is not known");
        }
        return line -> new Recovery(line.integer("cut", 1, Json.INTEGER_MAX));
    }

    private static Decision.Asked readAsked(JsonObject line) {
        var content = new Decision.Content(
                line.text("artifact", ArtifactName::new),
                line.optional("size")
                        .map(value -> OptionalLong.of(value.integer(0, Json.INTEGER_MAX)))
                        .orElse(OptionalLong.empty()),
                line.object("digests", AuditLine::readDigests),
                line.object("claimed", AuditLine::readDigests),
                line.optional("salted").map(value -> value.object(AuditLine::readSalted)));
        return new Decision.Asked(
                line.text("authority", Authority::new),
                line.text("format", FormatName::new),
                line.text("encoding", Encoding::parse),
                content);
    }

    private static Decision.Salted readSalted(JsonObject salted) {
        var salt = salted.text("salt", Salt::parse);
        var digests = readDigests(salted);
        return salted.check(() -> {
            if (digests.size() != 1) {
                throw new MalformedException("salt %s has %d digests, not one".formatted(salt.hex(), digests.size()));
            }
            return new Decision.Salted(salt, digests.values().iterator().next());
        });
    }

    private static Map<DigestAlgorithm, Digest> readDigests(JsonObject digests) {
        var read = new EnumMap<DigestAlgorithm, Digest>(DigestAlgorithm.class);
        for (var algorithm : DigestAlgorithm.values()) {
            digests.optionalText(algorithm.label(), hex -> Digest.parse(algorithm, hex))
                    .ifPresent(digest -> read.put(algorithm, digest));
        }
        return read;
    }

    private static Decision.Answer readAnswer(JsonObject line) {
        String verdict = line.text("verdict");
        return switch (verdict) {
            case "granted" ->
                new Decision.Answer.Granted(
                        line.text("key", KeyId::new),
                        line.text("signature", AuditLine::sha256),
                        line.optionalText("value", AuditLine::sha256));
            case "refused" -> new Decision.Answer.Refused(line.text("rule"), line.text("reason"));
            case "malformed" -> new Decision.Answer.Malformed(line.text("reason"));
            case "unavailable" -> new Decision.Answer.Unavailable(line.text("reason"));
            default -> throw MalformedException.value("verdict", verdict, "is not known");
        };
    }

    private static Instant time(String text) {
        try {
            return Instant.parse(text);
        } catch (DateTimeException e) {
            throw MalformedException.value("time", text, "is not one of RFC 3339 in UTC");
        }
    }

    private static Digest sha256(String hex) {
        return Digest.parse(DigestAlgorithm.SHA256, hex);
    }

    /// What the next line has as `previous`.
    public static Digest hash(Bytes line) {
        try {
            var sha256 = MessageDigest.getInstance(DigestAlgorithm.SHA256.standardName());
            return new Digest(DigestAlgorithm.SHA256, sha256.digest(line.toArray()));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    /// Writes an object in the one spelling that lines have.
    private static final class LineWriting {
        private static final String HEX = "0123456789abcdef";

        private final StringBuilder out = new StringBuilder("{");

        LineWriting text(String name, String value) {
            return name(name).quoted(value);
        }

        LineWriting number(String name, long value) {
            name(name).out.append(value);
            return this;
        }

        LineWriting open(String name) {
            name(name).out.append('{');
            return this;
        }

        LineWriting close() {
            out.append('}');
            return this;
        }

        private LineWriting name(String name) {
            if (out.charAt(out.length() - 1) != '{') {
                out.append(',');
            }
            quoted(name).out.append(':');
            return this;
        }

        private LineWriting quoted(String value) {
            out.append('"');
            for (int i = 0; i < value.length(); i++) {
                char unit = value.charAt(i);
                if (unit == '"' || unit == '\\') {
                    out.append('\\').append(unit);
                } else if (unit >= ' ' && unit < 0x7f) {
                    out.append(unit);
                } else {
                    out.append("\\u");
                    for (int shift = 12; shift >= 0; shift -= 4) {
                        out.append(HEX.charAt((unit >> shift) & 0xf));
                    }
                }
            }
            out.append('"');
            return this;
        }

        Bytes toBytes() {
            return Bytes.of(out.append('}').toString().getBytes(StandardCharsets.US_ASCII));
        }
    }
}
