// SPDX-License-Identifier: Apache-2.0
package dev.chancery.house.tree;

/// One place where a rule is broken.
///
/// `subject` is what an allow-list entry names, so it holds no line number; `measure` is what a budget counted
/// there (1 where nothing is counted), so that the allow-list can refuse growth. The complaint says what is
/// wrong and what to do.
public record Breach(String rule, String subject, int measure, String complaint) {

    public static Breach of(String rule, String subject, String complaint) {
        return new Breach(rule, subject, 1, complaint);
    }

    @Override
    public String toString() {
        return "[" + rule + "] " + subject + ": " + complaint;
    }
}
