// SPDX-License-Identifier: Apache-2.0
package dev.chancery.server.http;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// A path with variables: `/v1/artifacts/{sha256}`. A variable is one whole segment; the last one may be a
/// run of one or more segments, `/log/tile/{tile...}`. All else is exact, a slash at the end
/// too.
public final class PathTemplate implements Comparable<PathTemplate> {
    /// One step of a path.
    private record Segment(Kind kind, String text) {}

    /// In the order in which they are tried where several fit.
    private enum Kind {
        LITERAL,
        VARIABLE,
        REST
    }

    private final String text;
    private final List<Segment> segments;

    private PathTemplate(String text, List<Segment> segments) {
        this.text = text;
        this.segments = List.copyOf(segments);
    }

    /// Reads a template, which is a constant of a program: a wrong one is an `IllegalArgumentException`.
    public static PathTemplate parse(String text) {
        if (!text.startsWith("/") || text.equals("//")) {
            throw new IllegalArgumentException("path " + text + " does not begin with / and a word");
        }
        boolean folder = text.endsWith("/") && text.length() > 1;
        String path = text.substring(1, text.length() - (folder ? 1 : 0));
        List<Segment> words = path.isEmpty()
                ? List.of()
                : Arrays.stream(path.split("/", -1)).map(PathTemplate::segment).toList();
        var segments = new ArrayList<>(words);
        if (folder) {
            segments.add(new Segment(Kind.LITERAL, ""));
        }
        var names = new HashSet<String>();
        for (int i = 0; i < segments.size(); i++) {
            Segment segment = segments.get(i);
            boolean twice = segment.kind != Kind.LITERAL && !names.add(segment.text);
            boolean inside = segment.kind == Kind.REST && i < segments.size() - 1;
            if (twice || inside) {
                throw new IllegalArgumentException("path " + text + " has a variable twice, or a rest that is none");
            }
        }
        return new PathTemplate(text, segments);
    }

    private static Segment segment(String text) {
        boolean variable = text.startsWith("{") && text.endsWith("}");
        boolean rest = variable && text.endsWith("...}");
        String name = variable ? text.substring(1, text.length() - (rest ? 4 : 1)) : text;
        boolean wellFormed = !name.isEmpty()
                && name.chars()
                        .allMatch(c -> Character.isLetterOrDigit(c) || c == '_' || (!variable && "-.".indexOf(c) >= 0));
        if (!wellFormed) {
            throw new IllegalArgumentException("segment " + text + " is neither a word nor a variable");
        }
        return new Segment(rest ? Kind.REST : variable ? Kind.VARIABLE : Kind.LITERAL, name);
    }

    /// The variables of a path that fits, decoded; empty when it does not fit.
    Optional<Map<String, String>> match(List<String> path) {
        boolean open = !segments.isEmpty() && segments.getLast().kind == Kind.REST;
        if (open ? path.size() < segments.size() : path.size() != segments.size()) {
            return Optional.empty();
        }
        var variables = new HashMap<String, String>();
        for (int i = 0; i < segments.size(); i++) {
            Segment segment = segments.get(i);
            String given = path.get(i);
            switch (segment.kind) {
                case LITERAL -> {
                    if (!segment.text.equals(given)) {
                        return Optional.empty();
                    }
                }
                case VARIABLE -> variables.put(segment.text, given);
                case REST -> variables.put(segment.text, String.join("/", path.subList(i, path.size())));
            }
        }
        return variables.values().stream().anyMatch(PathTemplate::isHollow) ? Optional.empty() : Optional.of(variables);
    }

    /// Whether a segment is empty: no variable stands for nothing, so that a slash too many finds nothing.
    private static boolean isHollow(String variable) {
        return variable.isEmpty() || variable.startsWith("/") || variable.endsWith("/") || variable.contains("//");
    }

    /// What it is apart from the names of its variables: two routes of one shape could not be told apart.
    String shape() {
        return segments.stream()
                .map(segment -> segment.kind == Kind.LITERAL ? segment.text : "{" + segment.kind + "}")
                .collect(Collectors.joining("/", "/", ""));
    }

    /// The more exact one first: a word before a variable, a variable before a rest.
    @Override
    public int compareTo(PathTemplate other) {
        for (int i = 0; i < Math.min(segments.size(), other.segments.size()); i++) {
            int byKind = segments.get(i).kind.compareTo(other.segments.get(i).kind);
            if (byKind != 0) {
                return byKind;
            }
        }
        int byLength = Integer.compare(other.segments.size(), segments.size());
        return byLength != 0 ? byLength : text.compareTo(other.text);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof PathTemplate that && text.equals(that.text);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }

    @Override
    public String toString() {
        return text;
    }
}
