// SPDX-License-Identifier: Apache-2.0
package dev.chancery.server.registry.manifest;

import dev.chancery.core.Bytes;
import dev.chancery.json.Json;
import dev.chancery.json.JsonFields;
import dev.chancery.json.JsonLimits;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// What a registry keeps in memory of one version of a package.
///
/// @param summary what a search tells, one line of JSON
/// @param deprecated since when, and what replaces it; empty where it is not deprecated
public record RegistryPackage(PackageId id, Facts facts, Bytes summary, Optional<Json> deprecated) {
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

    static RegistryPackage of(PackageId id, Facts facts, Json.Members summary) {
        return new RegistryPackage(
                id, facts, line(summary), Optional.ofNullable(summary.fields().get(DEPRECATED)));
    }

    private static Bytes line(Json json) {
        return Bytes.of(json.line().getBytes(StandardCharsets.UTF_8));
    }

    private Json.Members parsed() {
        return (Json.Members) Json.parse(summary, "summary", JsonLimits.foreign(2 * Yaml.BYTES_MAX))
                .json();
    }

    /// The same, told to be deprecated as another version of it is.
    public RegistryPackage deprecated(Json words) {
        return deprecated.filter(words::equals).isPresent() ? this : of(id, facts, with(parsed(), DEPRECATED, words));
    }

    /// What is told of this one alone, told to be deprecated if it is.
    public Json.Members deprecated(Json.Members whole) {
        return deprecated.map(words -> with(whole, DEPRECATED, words)).orElse(whole);
    }

    /// What a search tells that found it by a category that it has not, but some of its policy templates: those alone.
    public Bytes summaryOf(String category) {
        var object = parsed();
        var templates = Shape.objects(object.fields(), POLICY_TEMPLATES);
        var found = new ArrayList<Json>();
        for (int i = 0; i < templates.size(); i++) {
            if (facts.templateCategories().get(i).contains(category)) {
                found.add(templates.get(i));
            }
        }
        return line(with(object, POLICY_TEMPLATES, new Json.Elements(found)));
    }

    private static Json.Members with(Json.Members object, String field, Json value) {
        var fields = new LinkedHashMap<>(object.fields());
        fields.put(field, value);
        var copy = new JsonFields();
        fields.forEach(copy::put);
        return copy.toJson();
    }
}
