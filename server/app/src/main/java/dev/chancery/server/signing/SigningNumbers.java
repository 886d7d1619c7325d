// SPDX-License-Identifier: Apache-2.0
package dev.chancery.server.signing;

import dev.chancery.core.ChanceryException;
import dev.chancery.core.MalformedException;
import dev.chancery.core.RefusedException;
import dev.chancery.core.UnavailableException;
import dev.chancery.key.Key;
import dev.chancery.protocol.SigningRequest;
import dev.chancery.server.metrics.Counter;
import dev.chancery.server.metrics.Gauge;
import dev.chancery.server.metrics.Histogram;
import dev.chancery.server.metrics.Metrics;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// What was signed and what was not, in numbers. For many threads.
public final class SigningNumbers {
    private static final double MILLIS_PER_SECOND = 1e3;

    private final Counter verdicts;
    private final Histogram latency;
    private final Gauge keys;
    private final Gauge logged;
    private final Gauge ready;
    private final Gauge warnings;

    /// Whether nothing keeps the server from signing, and how much is going to.
    public record Condition(boolean ready, int warnings) {}

    public SigningNumbers(Metrics metrics) {
        this.verdicts = metrics.counter(
                "chancery_signatures_total",
                "Signatures that were asked for, by what became of them.",
                "authority",
                "format",
                "verdict");
        this.latency = metrics.latency(
                "chancery_signing_seconds",
                "From a request to its signature in the log, by authority and format; of a batch once for each.",
                "authority",
                "format");
        this.keys = metrics.gauge(
                "chancery_key_expiry_timestamp_seconds",
                "When a key of an enclave that answers ends, in seconds since 1970; +Inf for never.",
                "authority",
                "format",
                "key");
        this.logged = metrics.gauge("chancery_log_entries", "Published entries of the log.");
        this.ready = metrics.gauge("chancery_ready", "1 when nothing keeps the server from signing, else 0.");
        this.warnings = metrics.gauge(
                "chancery_key_warnings", "Authorities and formats whose last key ends within 30 days or has ended.");
    }

    void done(List<SigningRequest> requests, List<Signing.Result> results, Duration duration) {
        for (int i = 0; i < requests.size(); i++) {
            String authority = requests.get(i).authority().name();
            String format = requests.get(i).format().text();
            verdicts.increment(authority, format, verdict(results.get(i)));
            latency.observe(duration, authority, format);
        }
    }

    void failed(List<SigningRequest> requests, RuntimeException error) {
        String verdict = error instanceof ChanceryException known ? verdict(known) : "conflict";
        requests.forEach(request ->
                verdicts.increment(request.authority().name(), request.format().text(), verdict));
    }

    private static String verdict(Signing.Result result) {
        return switch (result) {
            case Signing.Result.Done(var issued) -> issued.repeated() ? "repeated" : "signed";
            case Signing.Result.Failed(var failure) -> verdict(failure.error());
        };
    }

    private static String verdict(ChanceryException error) {
        return switch (error) {
            case MalformedException malformed -> "malformed";
            case RefusedException refused -> "refused";
            case UnavailableException unavailable -> unavailable.isTooMany() ? "too_many" : "unavailable";
        };
    }

    /// How it is now.
    public void sample(List<Key> signing, long entries, Condition condition) {
        Map<List<String>, Double> ends = new HashMap<>();
        for (Key key : signing) {
            ends.put(
                    List.of(
                            key.authority().name(),
                            key.format().text(),
                            key.id().abbreviated()),
                    key.expires()
                            .map(end -> end.toEpochMilli() / MILLIS_PER_SECOND)
                            .orElse(Double.POSITIVE_INFINITY));
        }
        keys.setAll(ends);
        logged.set((double) entries);
        ready.set(condition.ready() ? 1 : 0);
        warnings.set((double) condition.warnings());
    }
}
