// SPDX-License-Identifier: Apache-2.0
package dev.chancery.server.registry.manifest;

import dev.chancery.json.Json;
import dev.chancery.json.JsonFields;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// What a registry knows of one version of a package.
///
/// @param summary what a search tells
/// @param whole what is told of this one
public record RegistryPackage(PackageId id, Facts facts, Json.Members summary, Json.Members whole) {
    private static final String DEPRECATED = "deprecated";
    private static final String POLICY_TEMPLATES = "policy_templates";

    /// What searches ask for.
    ///
    /// @param format the version of the package format: major and minor
    public record Facts(
            String type,
            String release,
            SemanticVersion format,
            Set<String> categories,
            List<Set<String>> templateCategories,
            Conditions conditions,
            Discovery discovery) {}

    /// What a package needs. Empty for nothing.
    public record Conditions(Optional<VersionRange> kibana, Optional<VersionRange> agent, Set<String> capabilities) {}

    /// What data a package is for.
    public record Discovery(Set<String> fields, Set<String> datasets) {}

    public boolean isExperimental() {
        return facts.release().equals(PackageManifest.EXPERIMENTAL);
    }

    /// Since when, and what replaces it; empty where it is not deprecated.
    public Optional<Json> deprecated() {
        return Optional.ofNullable(summary.fields().get(DEPRECATED));
    }

    /// The same, told to be deprecated as another version of it is.
    public RegistryPackage deprecated(Json words) {
        return new RegistryPackage(id, facts, with(summary, DEPRECATED, words), with(whole, DEPRECATED, words));
    }

    /// What a search tells that found it by a category that it has not, but some of its policy templates: those alone.
    public Json.Members summaryOf(String category) {
        var templates = Shape.objects(summary.fields(), POLICY_TEMPLATES);
        var found = new ArrayList<Json>();
        for (int i = 0; i < templates.size(); i++) {
            if (facts.templateCategories().get(i).contains(category)) {
                found.add(templates.get(i));
            }
        }
        return with(summary, POLICY_TEMPLATES, new Json.Elements(found));
    }

    private static Json.Members with(Json.Members object, String field, Json value) {
        var fields = new LinkedHashMap<>(object.fields());
        fields.put(field, value);
        var copy = new JsonFields();
        fields.forEach(copy::put);
        return copy.toJson();
    }
}
