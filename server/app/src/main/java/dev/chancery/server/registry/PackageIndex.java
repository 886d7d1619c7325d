// SPDX-License-Identifier: Apache-2.0
package dev.chancery.server.registry;

import dev.chancery.core.Bytes;
import dev.chancery.json.Json;
import dev.chancery.json.JsonFields;
import dev.chancery.server.registry.manifest.Categories;
import dev.chancery.server.registry.manifest.PackageId;
import dev.chancery.server.registry.manifest.RegistryPackage;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/// All packages at one moment. It never changes.
final class PackageIndex {
    private static final Comparator<RegistryPackage> ORDER = Comparator.comparing(
                    (RegistryPackage one) -> one.id().name())
            .thenComparing(one -> one.id().version())
            .thenComparing(one -> one.id().version().text());

    private final List<RegistryPackage> packages;
    private final Map<PackageId, RegistryPackage> byId = new HashMap<>();

    PackageIndex(Collection<RegistryPackage> found) {
        this.packages = deprecated(found.stream().sorted(ORDER).toList());
        packages.forEach(one -> byId.put(one.id(), one));
    }

    /// A package that is deprecated is so in all its versions, in the words of the newest that has some.
    private static List<RegistryPackage> deprecated(List<RegistryPackage> sorted) {
        var words = new HashMap<String, Json>();
        sorted.forEach(
                one -> one.deprecated().ifPresent(some -> words.put(one.id().name(), some)));
        return sorted.stream()
                .map(one -> Optional.ofNullable(words.get(one.id().name()))
                        .map(one::deprecated)
                        .orElse(one))
                .toList();
    }

    Optional<RegistryPackage> find(PackageId id) {
        return Optional.ofNullable(byId.get(id));
    }

    /// What a search tells, a line of JSON each: the newest version of each package that fits, or all of them.
    List<Bytes> search(PackageQuery query) {
        var category = query.wanted().category();
        return found(query).stream()
                .filter(one -> category.isEmpty() || isOf(one, category.get()))
                .map(one -> category.isEmpty() || Categories.isOf(one.facts().categories(), category.get())
                        ? one.summary()
                        : one.summaryOf(category.get()))
                .toList();
    }

    private static boolean isOf(RegistryPackage one, String category) {
        return Categories.isOf(one.facts().categories(), category)
                || one.facts().templateCategories().stream().anyMatch(some -> Categories.isOf(some, category));
    }

    private List<RegistryPackage> found(PackageQuery query) {
        var fitting = packages.stream().filter(query::fits).toList();
        if (query.all()) {
            return query.experimental() ? grown(fitting) : fitting;
        }
        var newest = new LinkedHashMap<String, RegistryPackage>();
        for (var one : fitting) {
            var before = newest.get(one.id().name());
            boolean worse = before != null
                    && query.experimental()
                    && one.id().version().isPrerelease()
                    && !before.id().version().isPrerelease();
            if (!worse) {
                newest.put(one.id().name(), one);
            }
        }
        return List.copyOf(newest.values());
    }

    /// Without the versions before the first release, where there is a release.
    private static List<RegistryPackage> grown(List<RegistryPackage> packages) {
        var released = new LinkedHashSet<String>();
        packages.stream()
                .filter(one -> !isEarly(one))
                .forEach(one -> released.add(one.id().name()));
        return packages.stream()
                .filter(one -> !isEarly(one) || !released.contains(one.id().name()))
                .toList();
    }

    private static boolean isEarly(RegistryPackage one) {
        return one.id().version().isPrerelease() || one.id().version().major() < 1;
    }

    /// How many packages are of each category, with their policy templates if these are asked for.
    List<Json> categories(PackageQuery query, boolean templates) {
        var counts = new TreeMap<String, Long>();
        for (var one : found(query)) {
            one.facts().categories().forEach(category -> counts.merge(category, 1L, Long::sum));
            if (templates) {
                countTemplates(one, counts);
            }
        }
        var told = new ArrayList<Json>();
        counts.forEach((id, count) -> told.add(category(id, count)));
        return told;
    }

    /// A template counts in the categories of its package and in its own; and for each of its own that the package is
    /// not of, the package counts once.
    private static void countTemplates(RegistryPackage one, Map<String, Long> counts) {
        var templates = one.facts().templateCategories();
        var counted = new LinkedHashSet<String>();
        for (Set<String> own : templates) {
            if (own.isEmpty() && templates.size() == 1) {
                return;
            }
            one.facts().categories().forEach(category -> counts.merge(category, 1L, Long::sum));
            for (String category : own) {
                boolean more = !Categories.isOf(one.facts().categories(), category) && counted.add(category);
                counts.merge(category, more ? 2L : 1L, Long::sum);
            }
        }
    }

    private static Json category(String id, long count) {
        var known = Categories.get(id);
        var fields = new JsonFields()
                .put("id", id)
                .put("title", known.map(Categories.Category::title).orElse(id))
                .put("count", count);
        known.flatMap(Categories.Category::parent).flatMap(Categories::get).ifPresent(parent -> {
            fields.put("parent_id", parent.id());
            fields.put("parent_title", parent.title());
        });
        return fields.toJson();
    }
}
