// SPDX-License-Identifier: Apache-2.0
package dev.chancery.cli.publishing;

import dev.chancery.cli.places.Place;
import dev.chancery.cli.places.Places;
import dev.chancery.cli.terminal.UsageException;
import dev.chancery.core.ArtifactName;
import dev.chancery.core.Authority;
import dev.chancery.core.UnavailableException;
import dev.chancery.files.SignatureFiles;
import dev.chancery.formats.Formats;
import dev.chancery.log.Receipt;
import dev.chancery.policy.NamePattern;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// The artifacts of a place that a text means: one by its name, or all by a pattern where the place tells what it has.
record Named(Place place, String last) {
    /// `PLACE/NAME`, or `PLACE/PATTERN`.
    static Named parse(Places places, String text) {
        if (!isPattern(text.substring(text.lastIndexOf('/') + 1))) {
            var file = places.file(text);
            return new Named(file.place(), file.name().text());
        }
        int slash = text.lastIndexOf('/');
        String directory = slash < 0 ? "." : slash == 0 ? "/" : text.substring(0, slash);
        return new Named(places.place(directory), text.substring(slash + 1));
    }

    private static boolean isPattern(String name) {
        return name.contains("*") || name.contains("?");
    }

    /// Without signatures by these authorities and receipts, which belong to an artifact beside them.
    List<ArtifactName> names(Formats formats, Collection<Authority> authorities) {
        if (!isPattern(last)) {
            return List.of(new ArtifactName(last));
        }
        var pattern = new NamePattern(last);
        var all = place.names()
                .orElseThrow(() ->
                        new UsageException("place %s does not tell what it has: name each file".formatted(place)));
        var there = new HashSet<String>();
        all.forEach(name -> there.add(name.text()));
        var files = new SignatureFiles(formats);
        var found = all.stream()
                .filter(pattern::matches)
                .filter(name -> !belongs(files, name.text(), there, Set.copyOf(authorities)))
                .toList();
        if (found.isEmpty()) {
            throw new UnavailableException("place %s has nothing that %s means".formatted(place, last));
        }
        return found;
    }

    /// Whether a file is a signature or receipt of another one that is there.
    private static boolean belongs(SignatureFiles files, String name, Set<String> there, Set<Authority> authorities) {
        if (name.endsWith(Receipt.SUFFIX)
                && there.contains(name.substring(0, name.length() - Receipt.SUFFIX.length()))) {
            return true;
        }
        for (int dot = name.indexOf('.', 1); dot > 0; dot = name.indexOf('.', dot + 1)) {
            String artifact = name.substring(0, dot);
            if (there.contains(artifact) && files.isName(name, artifact, authorities)) {
                return true;
            }
        }
        return false;
    }
}
