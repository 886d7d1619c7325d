// SPDX-License-Identifier: Apache-2.0
package dev.chancery.house.source;

import dev.chancery.house.tree.Breach;
import dev.chancery.house.tree.Verdict;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// How large things may grow: the last section of the style guide, for Java sources of production and of tests.
///
/// Budgets are not beauty, but what breaks them is rarely beautiful. Where a standard's own structure demands more,
/// an entry of the allow-list says so (`AllowList`); the share of long methods has no exception.
final class Budgets {

    private static final Budget FILE = new Budget("file-lines", 400, "lines: split it by idea");
    private static final Budget METHOD = new Budget("method-lines", 60, "lines: split it by step");
    private static final Budget PARAMETERS = new Budget("parameters", 4, "parameters: name what they are together");
    private static final Budget LINE = new Budget("line-length", 120, "characters: break it");
    private static final Budget PACKAGE = new Budget("package-types", 20, "top-level types: it is two ideas");

    /// A method of at most this many lines is short.
    private static final int SHORT_METHOD_LINES = 25;
    /// At least this share of all methods is short.
    private static final int SHORT_METHODS_PERCENT = 95;

    private static final String LICENCE_LINE = "// SPDX-License-Identifier: Apache-2.0";

    /// The marks are put together here so that this file does not bear them.
    private static final Pattern UNTRACKED = Pattern.compile("\\b(" + "TO" + "DO|FIX" + "ME|XX" + "X)\\b(?!.*#[0-9]+)");

    private Budgets() {}

    static Verdict over(List<JavaSource> sources) {
        var breaches = new ArrayList<Breach>();
        for (var source : sources) {
            file(source, breaches);
            lines(source, breaches);
            methods(source, breaches);
        }
        packages(sources, breaches);
        shortMethods(sources, breaches);
        return new Verdict(sources.size(), breaches);
    }

    private static void file(JavaSource source, List<Breach> breaches) {
        FILE.judge(source.path(), source.lines().size()).ifPresent(breaches::add);
        if (source.lines().isEmpty() || !source.lines().getFirst().equals(LICENCE_LINE)) {
            var complaint = "The first line is not exactly \"" + LICENCE_LINE + "\": put it there.";
            breaches.add(Breach.of("licence-line", source.path(), complaint));
        }
    }

    private static void lines(JavaSource source, List<Breach> breaches) {
        for (int number = 1; number <= source.lines().size(); number++) {
            var line = source.lines().get(number - 1);
            var characters = line.codePointCount(0, line.length());
            LINE.judge(source.path(), characters, ", in line " + number).ifPresent(breaches::add);
            if (UNTRACKED.matcher(line).find()) {
                var complaint = "Line " + number + " postpones work without an issue: add its number (#12) or do it.";
                breaches.add(Breach.of("postponed", source.path(), complaint));
            }
        }
    }

    private static void methods(JavaSource source, List<Breach> breaches) {
        for (var method : source.methods()) {
            var subject = source.path() + "#" + method.name();
            METHOD.judge(subject, method.lines()).ifPresent(breaches::add);
            PARAMETERS.judge(subject, method.parameters()).ifPresent(breaches::add);
        }
    }

    private static void packages(List<JavaSource> sources, List<Breach> breaches) {
        var types = new TreeMap<String, Integer>();
        sources.forEach(source -> types.merge(source.folder(), source.types(), Integer::sum));
        types.forEach((folder, count) -> PACKAGE.judge(folder, count).ifPresent(breaches::add));
    }

    private static void shortMethods(List<JavaSource> sources, List<Breach> breaches) {
        var methods =
                sources.stream().flatMap(source -> source.methods().stream()).toList();
        var longer = methods.stream()
                .filter(method -> method.lines() > SHORT_METHOD_LINES)
                .sorted(Comparator.comparingInt(JavaSource.Method::lines).reversed())
                .toList();
        if (longer.size() * 100 > methods.size() * (100 - SHORT_METHODS_PERCENT)) {
            var complaint = "%d of %d methods have more than %d lines, and only %d %% may; shorten: %s"
                    .formatted(
                            longer.size(),
                            methods.size(),
                            SHORT_METHOD_LINES,
                            100 - SHORT_METHODS_PERCENT,
                            names(longer));
            breaches.add(Breach.of("short-methods", "the tree", complaint));
        }
    }

    private static String names(List<JavaSource.Method> methods) {
        return methods.stream()
                .limit(20)
                .map(method -> method.name() + " (" + method.lines() + ")")
                .collect(Collectors.joining(", "));
    }
}
