// SPDX-License-Identifier: Apache-2.0
package dev.chancery.enclave.sandbox;

import java.util.List;
import java.util.stream.Collectors;

/// What is in force and what is not, as read back from the kernel.
public record Report(List<Line> lines) {
    /// Whether a part is there.
    public enum State {
        IN_FORCE,
        /// Absent, and the caller accepts that.
        MISSING
    }

    /// One part: its state, and what was read back or why it is missing.
    public record Line(Part part, State state, String sentence) {
        @Override
        public String toString() {
            return "%-18s %-9s %s".formatted(part, state == State.IN_FORCE ? "in force" : "MISSING", sentence);
        }
    }

    public Report {
        lines = List.copyOf(lines);
    }

    /// Of a part that has no line, nothing is known: it is not in force.
    public boolean isInForce(Part part) {
        return lines.stream().anyMatch(line -> line.part() == part && line.state() == State.IN_FORCE);
    }

    /// A line for each part, without a line feed at the end.
    @Override
    public String toString() {
        return lines.stream().map(Line::toString).collect(Collectors.joining("\n"));
    }
}
