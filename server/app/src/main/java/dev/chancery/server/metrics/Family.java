// SPDX-License-Identifier: Apache-2.0
package dev.chancery.server.metrics;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/// The series of one name.
final class Family<T extends Series> {
    /// Series of a family; what comes on top is counted under [#OTHER].
    static final int SERIES_MAX = 1_000;
    /// Characters of a label's value.
    static final int VALUE_CHARACTERS_MAX = 128;
    /// Every label of the series that takes what is above the limit.
    static final String OTHER = "other";

    private static final Pattern WORD = Pattern.compile("[a-z][a-z0-9_]{0,79}");

    /// What stands in its first two lines.
    record Name(String name, String help, String type) {}

    private final Name name;
    private final List<String> labels;
    private final Supplier<T> make;
    private final ConcurrentMap<List<String>, T> series = new ConcurrentHashMap<>();

    Family(Name name, String[] labels, Supplier<T> make) {
        this.name = name;
        this.labels = List.of(labels);
        this.make = make;
        var words = new ArrayList<>(this.labels);
        words.add(name.name());
        boolean wellFormed = words.stream().allMatch(word -> WORD.matcher(word).matches());
        if (!wellFormed || this.labels.contains("le") || Set.copyOf(this.labels).size() < labels.length) {
            throw new IllegalArgumentException("metric " + name.name() + " or one of its labels is no name: " + words);
        }
        if (labels.length == 0) {
            of();
        }
    }

    String name() {
        return name.name();
    }

    T of(String... values) {
        if (values.length != labels.size()) {
            throw new IllegalArgumentException(
                    "metric %s has %d labels, not %d".formatted(name(), labels.size(), values.length));
        }
        var key = new ArrayList<String>(values.length);
        for (String value : values) {
            key.add(value.length() <= VALUE_CHARACTERS_MAX ? value : value.substring(0, VALUE_CHARACTERS_MAX));
        }
        T known = series.get(key);
        if (known != null) {
            return known;
        }
        // Two threads may both find room for the last one: the limit is on memory, not on arithmetic.
        boolean full = series.size() >= SERIES_MAX;
        return series.computeIfAbsent(
                full ? Collections.nCopies(labels.size(), OTHER) : List.copyOf(key), none -> make.get());
    }

    void clear() {
        series.clear();
    }

    void write(StringBuilder out) {
        out.append("# HELP ")
                .append(name())
                .append(' ')
                .append(escaped(name.help()))
                .append('\n');
        out.append("# TYPE ").append(name()).append(' ').append(name.type()).append('\n');
        series.entrySet().stream()
                .sorted((one, other) ->
                        one.getKey().toString().compareTo(other.getKey().toString()))
                .forEach(entry -> entry.getValue()
                        .lines((suffix, number) ->
                                line(out, entry.getKey(), suffix).append(number).append('\n')));
    }

    private StringBuilder line(StringBuilder out, List<String> values, Series.Suffix suffix) {
        var pairs = new ArrayList<String>();
        for (int i = 0; i < values.size(); i++) {
            pairs.add(labels.get(i) + "=\"" + escaped(values.get(i)).replace("\"", "\\\"") + "\"");
        }
        if (!suffix.label().isEmpty()) {
            pairs.add(suffix.label());
        }
        out.append(name()).append(suffix.name());
        if (!pairs.isEmpty()) {
            out.append('{').append(String.join(",", pairs)).append('}');
        }
        return out.append(' ');
    }

    private static String escaped(String text) {
        return text.replace("\\", "\\\\").replace("\n", "\\n");
    }
}
