// SPDX-License-Identifier: Apache-2.0
package dev.chancery.server.registry;

import dev.chancery.core.MalformedException;
import dev.chancery.server.http.Request;
import dev.chancery.server.registry.manifest.RegistryPackage;
import dev.chancery.server.registry.manifest.SemanticVersion;
import dev.chancery.server.registry.manifest.VersionRange;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Which packages somebody looks for, in the parameters of a query. An empty parameter is none.
///
/// @param experimental how clients before version 8 ask: by rules of its own, for prereleases too
record PackageQuery(Wanted wanted, Runs runs, boolean all, boolean prerelease, boolean experimental) {
    /// What the package has to be.
    ///
    /// @param discovery each has to fit
    record Wanted(Optional<String> name, Optional<String> type, Optional<String> category, List<Discovery> discovery) {}

    /// What it has to run with.
    record Runs(
            Optional<SemanticVersion> kibana,
            Optional<SemanticVersion> agent,
            Optional<Set<String>> capabilities,
            Optional<SemanticVersion> formatMin,
            Optional<SemanticVersion> formatMax) {}

    /// `fields:a,b` fits packages of which each field is among these, `datasets:a,b` those of which one dataset is.
    record Discovery(boolean fields, Set<String> names) {
        static Discovery parse(String text) {
            int colon = text.indexOf(':');
            String kind = colon < 0 ? "" : text.substring(0, colon);
            if (!kind.equals("fields") && !kind.equals("datasets")) {
                throw MalformedException.value("discovery", text, "is not fields: or datasets: with names");
            }
            return new Discovery(kind.equals("fields"), words(text.substring(colon + 1)));
        }

        boolean fits(RegistryPackage.Discovery discovery) {
            return fields
                    ? !discovery.fields().isEmpty() && names.containsAll(discovery.fields())
                    : discovery.datasets().stream().anyMatch(names::contains);
        }
    }

    /// Parameters of a question for categories; one for packages has those behind, too.
    static final String[] PARAMETERS = {
        "kibana.version", "agent.version", "capabilities", "spec.min", "spec.max", "prerelease", "experimental"
    };
    static final String[] SEARCH_PARAMETERS = {"package", "type", "category", "all"};
    static final String DISCOVERY = "discovery";

    private static final Set<String> YES = Set.of("1", "t", "T", "TRUE", "true", "True");
    private static final Set<String> NO = Set.of("0", "f", "F", "FALSE", "false", "False");

    static PackageQuery ofSearch(Request request) {
        var wanted = new Wanted(
                given(request, "package"), given(request, "type"), given(request, "category"), discovery(request));
        return new PackageQuery(
                wanted,
                runs(request),
                flag(request, "all"),
                flag(request, "prerelease"),
                flag(request, "experimental"));
    }

    static PackageQuery ofCategories(Request request) {
        var wanted = new Wanted(Optional.empty(), Optional.empty(), Optional.empty(), discovery(request));
        return new PackageQuery(
                wanted, runs(request), false, flag(request, "prerelease"), flag(request, "experimental"));
    }

    private static Runs runs(Request request) {
        return new Runs(
                given(request, "kibana.version").map(SemanticVersion::parseLoosely),
                given(request, "agent.version").map(SemanticVersion::parseLoosely),
                given(request, "capabilities").map(PackageQuery::words),
                given(request, "spec.min").map(PackageQuery::format),
                given(request, "spec.max").map(PackageQuery::format));
    }

    private static Optional<String> given(Request request, String parameter) {
        return request.query(parameter).filter(value -> !value.isEmpty());
    }

    static boolean flag(Request request, String parameter) {
        String value = given(request, parameter).orElse("false");
        if (!YES.contains(value) && !NO.contains(value)) {
            throw MalformedException.value(parameter, value, "is not true or false");
        }
        return YES.contains(value);
    }

    private static Set<String> words(String text) {
        return Set.copyOf(Arrays.asList(text.split(",", -1)).stream().distinct().toList());
    }

    /// Major and minor version alone.
    private static SemanticVersion format(String text) {
        if (text.chars().filter(c -> c == '.').count() != 1) {
            throw MalformedException.value("version of the format", text, "is not MAJOR.MINOR");
        }
        return SemanticVersion.parseLoosely(text);
    }

    private static List<Discovery> discovery(Request request) {
        return request.queries(DISCOVERY).stream().map(Discovery::parse).toList();
    }

    /// Whether one version of a package is meant, whatever others there are.
    boolean fits(RegistryPackage one) {
        var facts = one.facts();
        boolean early =
                one.isExperimental() || (!experimental && one.id().version().isPrerelease());
        if (early && !prerelease && !experimental) {
            return false;
        }
        boolean named = wanted.name().map(one.id().name()::equals).orElse(true)
                && wanted.type().map(facts.type()::equals).orElse(true);
        return named && runs(facts.conditions().kibana(), runs.kibana()) && (experimental || fitsToday(facts));
    }

    private boolean fitsToday(RegistryPackage.Facts facts) {
        return runs(facts.conditions().agent(), runs.agent())
                && runs.capabilities()
                        .map(capabilities ->
                                capabilities.containsAll(facts.conditions().capabilities()))
                        .orElse(true)
                && wanted.discovery().stream().allMatch(discovery -> discovery.fits(facts.discovery()))
                && runs.formatMin()
                        .map(min -> facts.format().compareTo(min) >= 0)
                        .orElse(true)
                && runs.formatMax()
                        .map(max -> facts.format().compareTo(max) <= 0)
                        .orElse(true);
    }

    private static boolean runs(Optional<VersionRange> needed, Optional<SemanticVersion> there) {
        return needed.isEmpty() || there.isEmpty() || needed.get().contains(there.get());
    }
}
