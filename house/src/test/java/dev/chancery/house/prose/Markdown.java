// SPDX-License-Identifier: Apache-2.0
package dev.chancery.house.prose;

import dev.chancery.house.tree.Tree;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/// A Markdown file taken apart as far as the rules need it: prose line by line, fenced code, and where one can
/// link to.
///
/// GitHub's reading of CommonMark, minus what our documents do not use (indented code, underlined headings).
///
/// @param prose every line outside of fenced code, with its number
/// @param anchors what `#…` may name here
record Markdown(String file, List<Line> prose, List<Block> blocks, Set<String> anchors) {

    record Line(int number, String text) {

        /// The line with its code spans emptied, so that what they show is not taken for a link.
        String withoutCode() {
            return CODE.matcher(text).replaceAll("``");
        }

        List<String> codeSpans() {
            return CODE.matcher(text).results().map(found -> found.group(2)).toList();
        }
    }

    /// @param language the first word after the fence, or nothing
    record Block(int number, String language, List<String> lines) {}

    private static final Pattern CODE = Pattern.compile("(`+)([^`]+?)\\1");
    private static final Pattern FENCE = Pattern.compile("\\s*(```+|~~~+)\\s*([^\\s`]*)[^`]*");
    private static final Pattern HEADING = Pattern.compile(" {0,3}#{1,6}\\s+(.*?)\\s*#*\\s*");
    private static final Pattern NAMED = Pattern.compile("<a\\s+(?:id|name)=\"([^\"]+)\"");

    static List<Markdown> all(Tree tree) {
        return tree.matching("(?!(.*/)?target/).*\\.md").stream()
                .map(file -> parse(file, tree.lines(file)))
                .toList();
    }

    static Markdown parse(String file, List<String> lines) {
        var prose = new ArrayList<Line>();
        var blocks = new ArrayList<Block>();
        for (int index = 0; index < lines.size(); index++) {
            var fence = FENCE.matcher(lines.get(index));
            if (fence.matches()) {
                var end = closing(lines, index + 1, fence.group(1));
                blocks.add(new Block(index + 1, fence.group(2), List.copyOf(lines.subList(index + 1, end))));
                index = end;
            } else {
                prose.add(new Line(index + 1, lines.get(index)));
            }
        }
        return new Markdown(file, List.copyOf(prose), List.copyOf(blocks), anchors(prose));
    }

    private static int closing(List<String> lines, int from, String fence) {
        for (int index = from; index < lines.size(); index++) {
            var line = lines.get(index).strip();
            if (line.startsWith(fence) && line.chars().allMatch(character -> character == fence.charAt(0))) {
                return index;
            }
        }
        return lines.size();
    }

    private static Set<String> anchors(List<Line> prose) {
        var anchors = new HashSet<String>();
        Map<String, Integer> seen = new HashMap<>();
        for (var line : prose) {
            var heading = HEADING.matcher(line.text());
            if (heading.matches()) {
                var slug = slug(heading.group(1));
                var times = seen.merge(slug, 1, Integer::sum);
                anchors.add(times == 1 ? slug : slug + "-" + (times - 1));
            }
            NAMED.matcher(line.text()).results().forEach(found -> anchors.add(found.group(1)));
        }
        return anchors;
    }

    /// What GitHub makes of a heading: the link's text, lower case, punctuation dropped, spaces as `-`.
    private static String slug(String heading) {
        return heading.replaceAll("\\[([^\\]]*)\\]\\([^)]*\\)", "$1")
                .toLowerCase(Locale.ROOT)
                .replaceAll("[^\\p{L}\\p{M}\\p{N}_ -]", "")
                .replace(' ', '-');
    }
}
