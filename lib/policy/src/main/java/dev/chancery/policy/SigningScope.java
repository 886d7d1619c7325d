// SPDX-License-Identifier: Apache-2.0
package dev.chancery.policy;

import dev.chancery.core.Artifact;
import dev.chancery.core.FormatName;
import dev.chancery.core.MalformedException;
import dev.chancery.core.Quoted;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.StringJoiner;
import java.util.TreeSet;

/// What may be signed under a rule: in which formats, under which names, up to which size in bytes
/// (included), and within which limits.
public record SigningScope(
        Set<FormatName> formats, List<NamePattern> artifacts, long sizeBytesMax, SigningLimits limits) {
    /// Formats in one rule: more than there are.
    public static final int FORMATS_MAX = 64;
    /// Patterns shown in an error: enough to see what is meant.
    private static final int SHOWN_PATTERNS_MAX = 5;

    /// Without further limits.
    public SigningScope(Set<FormatName> formats, List<NamePattern> artifacts, long sizeBytesMax) {
        this(formats, artifacts, sizeBytesMax, SigningLimits.NONE);
    }

    public SigningScope {
        formats = Collections.unmodifiableSortedSet(new TreeSet<>(formats));
        artifacts = NamePattern.checkList(artifacts);
        if (formats.isEmpty() || formats.size() > FORMATS_MAX) {
            throw new MalformedException(formats.size() + " formats in one signing rule are not 1 to " + FORMATS_MAX);
        }
        if (sizeBytesMax < 0 || sizeBytesMax > Artifact.SIZE_BYTES_MAX) {
            throw new MalformedException("size of " + sizeBytesMax + " bytes is not 0 to " + Artifact.SIZE_BYTES_MAX);
        }
    }

    /// Why this may not be signed, each reason a clause; empty when it may.
    List<String> faults(SigningQuestion question) {
        FormatName format = question.format();
        Artifact artifact = question.artifact();
        var faults = new ArrayList<String>();
        if (!formats.contains(format)) {
            var names = new StringJoiner(", ");
            formats.forEach(name -> names.add(name.text()));
            faults.add("format " + format + " is not one of " + names);
        }
        if (!NamePattern.anyMatches(artifacts, artifact.name())) {
            faults.add("artifact name " + Quoted.text(artifact.name().text()) + " matches none of " + shownPatterns());
        }
        if (artifact.size() > sizeBytesMax) {
            faults.add("size " + artifact.size() + " is more than " + sizeBytesMax + " bytes");
        }
        limits.hours()
                .filter(open -> !open.contain(question.now()))
                .ifPresent(open -> faults.add("it is %s, and signing is %s".formatted(question.now(), open.words())));
        limits.batchMax()
                .filter(most -> question.batch() > most)
                .ifPresent(most -> faults.add("a batch of %d is more than %d".formatted(question.batch(), most)));
        return faults;
    }

    private String shownPatterns() {
        var shown = new StringJoiner(", ", "", artifacts.size() > SHOWN_PATTERNS_MAX ? ", ..." : "");
        artifacts.stream().limit(SHOWN_PATTERNS_MAX).forEach(pattern -> shown.add(Quoted.text(pattern.text())));
        return shown.toString();
    }
}
