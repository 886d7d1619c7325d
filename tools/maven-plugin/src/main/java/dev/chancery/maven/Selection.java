// SPDX-License-Identifier: Apache-2.0
package dev.chancery.maven;

import java.util.List;
import java.util.regex.Pattern;
import org.apache.maven.artifact.Artifact;

/// Which dependencies a project wants verified.
///
/// @param includes patterns of `groupId:artifactId`; none for all
/// @param excludes likewise, of those that are left out nevertheless
record Selection(List<Pattern> includes, List<Pattern> excludes) {
    /// `*` stands for any characters; a pattern without `:` for all artifacts of a group.
    static Selection of(List<String> includes, List<String> excludes) {
        return new Selection(patterns(includes), patterns(excludes));
    }

    private static List<Pattern> patterns(List<String> texts) {
        return texts.stream().map(Selection::pattern).toList();
    }

    private static Pattern pattern(String text) {
        String whole = text.contains(":") ? text : text + ":*";
        return Pattern.compile(("\\Q" + whole + "\\E").replace("*", "\\E.*\\Q"));
    }

    boolean holds(Artifact artifact) {
        String name = artifact.getGroupId() + ":" + artifact.getArtifactId();
        return (includes.isEmpty() || fits(includes, name)) && !fits(excludes, name);
    }

    private static boolean fits(List<Pattern> patterns, String name) {
        return patterns.stream().anyMatch(pattern -> pattern.matcher(name).matches());
    }
}
