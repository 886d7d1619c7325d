// SPDX-License-Identifier: Apache-2.0
package dev.chancery.house.prose;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/// A link to another place of the tree.
///
/// @param path the file or folder, relative to the root of the tree (it begins with `../` if it leaves the tree)
/// @param anchor what follows the `#`, or nothing
record Link(int number, String path, String anchor) {

    private static final List<Pattern> TARGETS = List.of(
            Pattern.compile("\\]\\(\\s*<?([^)\\s>]+)>?(?:\\s+[\"'][^\"']*[\"'])?\\s*\\)"),
            Pattern.compile("^ {0,3}\\[[^\\]]+\\]:\\s*<?([^\\s>]+)>?"),
            Pattern.compile("\\b(?:href|src)=\"([^\"]+)\""));

    private static final Pattern EXTERNAL = Pattern.compile("([A-Za-z][A-Za-z0-9+.-]*:|//).*");

    /// The links of a document that stay inside of the tree.
    static List<Link> of(Markdown document) {
        var links = new ArrayList<Link>();
        for (var line : document.prose()) {
            for (var pattern : TARGETS) {
                pattern.matcher(line.withoutCode())
                        .results()
                        .map(found -> found.group(1))
                        .filter(target -> !EXTERNAL.matcher(target).matches())
                        .forEach(target -> links.add(parse(document.file(), line.number(), target)));
            }
        }
        return links;
    }

    private static Link parse(String from, int number, String target) {
        var hash = target.indexOf('#');
        var path = hash < 0 ? target : target.substring(0, hash);
        var anchor = hash < 0 ? "" : target.substring(hash + 1);
        return new Link(number, path.isEmpty() ? from : resolve(from, path), anchor);
    }

    private static String resolve(String from, String path) {
        var decoded = URLDecoder.decode(path.replace("+", "%2B"), StandardCharsets.UTF_8);
        return Path.of(from).resolveSibling(decoded).normalize().toString().replace('\\', '/');
    }
}
