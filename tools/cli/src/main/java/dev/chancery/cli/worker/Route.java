// SPDX-License-Identifier: Apache-2.0
package dev.chancery.cli.worker;

import dev.chancery.cli.publishing.Missing;
import dev.chancery.cli.signing.Signing;
import dev.chancery.core.ArtifactName;
import dev.chancery.core.Authority;
import dev.chancery.core.Encoding;
import dev.chancery.core.FormatName;
import dev.chancery.json.JsonObject;
import dev.chancery.json.JsonValue;
import dev.chancery.policy.Requirement;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What a worker does with artifacts of a place.
///
/// @param place where they lie, by its name
/// @param authorities who signs
/// @param formats none for each that an authority has a key for
/// @param packager whose signature lies beside a package as registries want it, and in no other form; one of
/// `authorities`
/// @param accepted what must hold before; none for nothing
/// @param required what must hold afterwards, beside that everybody of `authorities` has signed
/// @param policy the same as a file
/// @param to names of places where they go; none for where they lie
record Route(
        String place,
        List<ArtifactPattern> artifacts,
        List<Authority> authorities,
        List<FormatName> formats,
        boolean perAuthority,
        Optional<Authority> packager,
        List<Requirement> accepted,
        List<Requirement> required,
        Optional<Path> policy,
        List<String> to) {
    private static final int LIST_MAX = 64;
    private static final FormatName OPENPGP = new FormatName("openpgp");
    private static final String PACKAGE_SUFFIX = ".sig";

    /// What is signed in one go, and what the files are called.
    record Signed(Signing.Choice choice, Missing.Naming naming) {}

    static Route read(JsonObject route, Path directory) {
        var authorities = distinct(route, route.list("as", 1, LIST_MAX, value -> value.text(Authority::new)));
        var packager = route.optionalText("package", Authority::new);
        if (packager.isPresent() && !authorities.contains(packager.get())) {
            throw route.malformed("has a package that is not one of those who sign");
        }
        return new Route(
                route.text("place"),
                route.list("artifacts", 1, LIST_MAX, value -> value.text(ArtifactPattern::parse)),
                authorities,
                distinct(route, list(route, "formats", value -> value.text(FormatName::new))),
                route.optional("per_authority").map(JsonValue::bool).orElse(false),
                packager,
                list(route, "accept", value -> value.text(Requirement::parse)),
                list(route, "require", value -> value.text(Requirement::parse)),
                route.optionalText("policy", text -> directory.resolve(text)),
                distinct(route, list(route, "to", JsonValue::text)));
    }

    private static <T> List<T> list(JsonObject route, String name, java.util.function.Function<JsonValue, T> read) {
        return route.optional(name).map(value -> value.list(0, LIST_MAX, read)).orElse(List.of());
    }

    private static <T> List<T> distinct(JsonObject route, List<T> list) {
        if (new HashSet<>(list).size() != list.size()) {
            throw route.malformed("names something twice: " + list);
        }
        return list;
    }

    /// The parts of a name that this route is for; empty for all others.
    Optional<Map<String, String>> match(ArtifactName name) {
        return artifacts.stream()
                .flatMap(pattern -> pattern.match(name).stream())
                .findFirst();
    }

    /// Who signs how.
    List<Signed> signed() {
        var others = authorities.stream()
                .filter(one -> packager.filter(one::equals).isEmpty())
                .toList();
        var signed = new ArrayList<Signed>();
        packager.ifPresent(who -> signed.add(new Signed(
                new Signing.Choice(List.of(who), List.of(OPENPGP), Optional.empty(), Optional.of(Encoding.ARMOR)),
                new Missing.Naming(Optional.of(PACKAGE_SUFFIX), false))));
        if (!others.isEmpty()) {
            signed.add(new Signed(
                    Missing.choice(others, formats), Missing.Naming.usual(perAuthority || authorities.size() > 1)));
        }
        return signed;
    }
}
