// SPDX-License-Identifier: Apache-2.0
package dev.chancery.house.prose;

import dev.chancery.house.tree.Breach;
import dev.chancery.house.tree.Tree;
import dev.chancery.house.tree.Verdict;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// No file tells where it was made, asks a package registry by name, or holds a private key.
///
/// All needles are put together at run time, so that this file is not its own culprit.
///
/// @param places absolute paths of this machine that must be nowhere
record Traces(List<String> places) {

    /// A place shorter than this (characters) is `/` or a drive, and stands in every file.
    private static final int PLACE_MIN = 3;

    private static final String TEST_RESOURCES = "(.+/)?src/test/resources/.+";

    private static final List<String> REGISTRIES = Stream.of(
                    "repo1.ma#ven.org",
                    "repo.ma#ven.apache.org",
                    "central.sona#type.com",
                    "oss.sona#type.org",
                    "plugins.gra#dle.org",
                    "jcen#ter.bintray.com",
                    "registry.np#mjs.org",
                    "registry.yarn#pkg.com",
                    "py#pi.org",
                    "files.python#hosted.org",
                    "cra#tes.io",
                    "ruby#gems.org",
                    "proxy.go#lang.org",
                    "registry-1.doc#ker.io")
            .map(host -> host.replace("#", ""))
            .toList();

    private static final List<String> SECRETS = Stream.of("", "RSA ", "EC ", "DSA ", "OPENSSH ", "ENCRYPTED ", "PGP ")
            .map(kind -> "BEGIN " + kind + "PRIVATE" + " KEY")
            .toList();

    /// The traces of the machine that runs this: the folder around the tree, and the user's home.
    static Traces ofThisMachine(Path root) {
        var around = root.toAbsolutePath().getParent();
        var places = Stream.of(around == null ? "" : around.toString(), System.getProperty("user.home", ""))
                .filter(place -> place.length() >= PLACE_MIN)
                .distinct()
                .toList();
        return new Traces(places);
    }

    Verdict over(Tree tree) {
        var breaches = new ArrayList<Breach>();
        for (var file : tree.files()) {
            var text = tree.text(file);
            places.stream()
                    .filter(place -> standsAlone(text, place))
                    .forEach(
                            place -> breaches.add(breach(file, place, "a place of one machine: use a relative path.")));
            REGISTRIES.stream()
                    .filter(text::contains)
                    .forEach(host -> breaches.add(breach(file, host, "a package registry: leave that to its client.")));
            SECRETS.stream()
                    .filter(secret -> text.contains(secret) && !file.matches(TEST_RESOURCES))
                    .forEach(secret -> breaches.add(breach(file, secret, "a private key: remove and replace it.")));
        }
        return new Verdict(tree.files().size(), breaches);
    }

    private static Breach breach(String file, String needle, String what) {
        return Breach.of("trace", file, "It holds \"" + needle + "\", " + what);
    }

    /// Whether the place stands there as a path of its own: `/a/b` is no part of `c/a/b.json`.
    private static boolean standsAlone(String text, String place) {
        return Pattern.compile("(?<![\\w.}-])" + Pattern.quote(place) + "(?![\\w-]|\\.\\w)")
                .matcher(text)
                .find();
    }
}
