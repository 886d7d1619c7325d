// SPDX-License-Identifier: Apache-2.0
package dev.chancery.cli.demo;

import dev.chancery.json.Json;
import dev.chancery.json.JsonFields;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Tells what happens while it happens; or, for JSON, remembers it until the end.
final class Story {
    private static final String ROW = "   %-10s %-31s %-8s %-10s %-14s %s";

    private final PrintStream out;
    private final boolean silent;
    private final List<String> commands = new ArrayList<>();
    private final List<Json> verdicts = new ArrayList<>();
    private final List<Json> missing = new ArrayList<>();
    private final List<Verdict> wrong = new ArrayList<>();
    private final Map<Row, Map<Folder, Cell>> rows = new LinkedHashMap<>();
    private int steps;
    private int accepted;
    private int refused;

    Story(PrintStream out, boolean silent) {
        this.out = out;
        this.silent = silent;
    }

    void step(String heading) {
        steps++;
        line("");
        line(steps + ". " + heading);
        line("");
    }

    void line(String text) {
        if (!silent) {
            out.println(text);
            out.flush();
        }
    }

    void indented(String text) {
        line("   " + text);
    }

    void command(ShellCommand command) {
        commands.add(command.toString());
        indented("$ " + command);
    }

    /// The verdicts of one verifier on one signature; or of `chancery verify` on the file, which has no
    /// specimen.
    void verdicts(String tool, Optional<Specimen> specimen, List<Verdict> cases) {
        String format = specimen.map(one -> one.form().format().text()).orElse("all");
        var cells = rows.computeIfAbsent(new Row(format, tool), row -> new EnumMap<>(Folder.class));
        for (Verdict verdict : cases) {
            cells.computeIfAbsent(verdict.folder(), folder -> new Cell()).add(verdict);
            if (!verdict.isRight()) {
                wrong.add(verdict);
            } else if (verdict.folder().isAcceptable()) {
                accepted++;
            } else {
                refused++;
            }
            verdicts.add(json(tool, specimen, verdict));
        }
    }

    void missing(StockVerifier.Tool tool) {
        missing.add(new JsonFields()
                .put("tool", tool.name())
                .put("debian_package", tool.debianPackage())
                .toJson());
        indented("not installed: %s (Debian package %s)".formatted(tool.name(), tool.debianPackage()));
    }

    private static Json json(String tool, Optional<Specimen> specimen, Verdict verdict) {
        var fields = new JsonFields().put("tool", tool);
        specimen.ifPresent(one -> fields.put("authority", one.authority())
                .put("format", one.form().format().text())
                .put("encoding", one.form().encoding().label()));
        return fields.put("folder", verdict.folder().toString())
                .put("command", verdict.command().toString())
                .put("expected", verdict.expected().text())
                .put("verdict", verdict.said().text())
                .toJson();
    }

    /// One row for each format and tool, in the order of their first verdicts; a cell says how many verdicts are as
    /// they have to be.
    private void table() {
        line(ROW.formatted("format", "tool", "good", "bad-file", "bad-signature", "wrong-key"));
        rows.forEach((row, cells) -> {
            var columns = new ArrayList<Object>(List.of(row.format(), row.tool()));
            columns.addAll(cells.values());
            line(ROW.formatted(columns.toArray()).stripTrailing());
        });
        line("");
    }

    /// A row's first two columns.
    private record Row(String format, String tool) {}

    /// Verdicts of one kind: how many, and how many of them are right.
    private static final class Cell {
        private int all;
        private int right;

        void add(Verdict verdict) {
            all++;
            right += verdict.isRight() ? 1 : 0;
        }

        @Override
        public String toString() {
            return right == all ? "ok (%d)".formatted(all) : "WRONG (%d of %d)".formatted(all - right, all);
        }
    }

    /// The last words. What was wrong is shown with what the tool printed.
    boolean end() {
        step("All verdicts: good must be accepted, all else refused");
        table();
        for (Verdict verdict : wrong) {
            line("WRONG: %s must be %s: %s"
                    .formatted(verdict.folder(), verdict.expected().text(), verdict.command()));
            verdict.output().lines().forEach(this::indented);
        }
        line(
                wrong.isEmpty()
                        ? "All is well: %d accepted that must be, %d refused that must be.".formatted(accepted, refused)
                        : "Not well: %d of %d verdicts are wrong."
                                .formatted(wrong.size(), wrong.size() + accepted + refused));
        return wrong.isEmpty();
    }

    JsonFields json() {
        return new JsonFields()
                .putTexts("commands", commands)
                .put("verdicts", verdicts)
                .put("not_installed", missing)
                .put("passed", wrong.isEmpty());
    }
}
