// SPDX-License-Identifier: Apache-2.0
package dev.chancery.cli.life;

import dev.chancery.json.Json;
import dev.chancery.json.JsonFields;
import dev.chancery.life.Forecast;
import dev.chancery.life.Ledger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Keys as they are shown: a line, some lines, or JSON.
public final class KeyView {
    private KeyView() {}

    public static String line(KeyLife life, Ledger.Entry entry) {
        return "%-16s %-12s %-11s %s  %s"
                .formatted(
                        life.authority(),
                        entry.cycle().name(),
                        life.state(entry).label(),
                        entry.key().abbreviated(),
                        end(life, entry));
    }

    private static String end(KeyLife life, Ledger.Entry entry) {
        return life.facts(entry).expires().map(end -> "expires " + end).orElse("never expires");
    }

    public static List<String> lines(KeyLife life, Ledger.Entry entry) {
        var lines = new ArrayList<String>();
        lines.add(
                "cycle %s: %s".formatted(entry.cycle().name(), life.state(entry).label()));
        lines.add("  key          " + entry.key().hex());
        lines.add("  fingerprint  " + life.packet(entry).fingerprintText());
        lines.add("  certificate  " + entry.certificate());
        lines.add("  from         %s to %s, overlap %d days"
                .formatted(
                        entry.cycle().start(),
                        entry.cycle().end(),
                        entry.cycle().overlap().toDays()));
        lines.add("  " + end(life, entry));
        var policy = life.ledger().certifications();
        lines.add("  certified by %d of %d administrators, %d required"
                .formatted(life.certifications(entry), policy.administrators().size(), policy.required()));
        time(lines, "published", entry.uses().published());
        time(lines, "activated", entry.uses().activated());
        time(lines, "released", entry.uses().released());
        life.facts(entry)
                .revocation()
                .ifPresent(found -> lines.add("  revoked at %s, %s"
                        .formatted(found.at(), found.hard() ? "for all time" : "for what comes after")));
        life.warnings(entry).forEach(warning -> lines.add("  warning: " + warning));
        return lines;
    }

    private static void time(List<String> lines, String what, Optional<Instant> when) {
        when.ifPresent(time -> lines.add("  %-12s %s".formatted(what, time)));
    }

    public static Json json(KeyLife life, Ledger.Entry entry) {
        var facts = life.facts(entry);
        var fields = new JsonFields()
                .put("authority", life.authority().name())
                .put("profile", life.ledger().profile().label())
                .put("cycle", entry.cycle().name().text())
                .put("state", life.state(entry).label())
                .put("key", entry.key().hex())
                .put("fingerprint", life.packet(entry).fingerprintText())
                .put("certificate", entry.certificate().hex())
                .put("start", entry.cycle().start().toString())
                .put("end", entry.cycle().end().toString())
                .put("overlap_days", entry.cycle().overlap().toDays())
                .put("certified", life.certifications(entry))
                .put("certifications_required", life.ledger().certifications().required());
        facts.expires().ifPresent(time -> fields.put("expires", time.toString()));
        entry.uses().published().ifPresent(time -> fields.put("published", time.toString()));
        entry.uses().activated().ifPresent(time -> fields.put("activated", time.toString()));
        entry.uses().released().ifPresent(time -> fields.put("released", time.toString()));
        facts.revocation()
                .ifPresent(found -> fields.put("revoked", found.at().toString()).put("revoked_hard", found.hard()));
        return fields.putTexts("warnings", life.warnings(entry)).toJson();
    }

    /// What verifiers will think of the key's signatures once they have its new certificate.
    public static List<String> forecast(Forecast.Event event) {
        var lines = new ArrayList<String>();
        lines.add("when the key %s, verifiers that have its new certificate think of its signatures:"
                .formatted(event.words()));
        lines.add("  %-20s %-26s %s".formatted("", "made before", "made after"));
        for (var line : Forecast.of(event)) {
            lines.add("  %-20s %-26s %s"
                    .formatted(
                            line.verifier().label(),
                            line.before().words(),
                            line.after().words()));
        }
        return lines;
    }

    public static List<Json> forecastJson(Forecast.Event event) {
        return Forecast.of(event).stream()
                .map(line -> (Json) new JsonFields()
                        .put("verifier", line.verifier().label())
                        .put("before", line.before().words())
                        .put("after", line.after().words())
                        .toJson())
                .toList();
    }
}
