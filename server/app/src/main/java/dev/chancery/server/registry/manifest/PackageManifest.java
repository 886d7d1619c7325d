// SPDX-License-Identifier: Apache-2.0
package dev.chancery.server.registry.manifest;

import dev.chancery.core.Bytes;
import dev.chancery.core.MalformedException;
import dev.chancery.core.Quoted;
import dev.chancery.json.Json;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Reads what a package says of itself: `manifest.yml`, and those of its data streams.
public final class PackageManifest {
    static final String EXPERIMENTAL = "experimental";

    private static final Json NONE = new Json.Elements(List.of());
    private static final String BETA = "beta";
    private static final String GENERAL = "ga";
    private static final String INTEGRATION = "integration";
    private static final String BASIC = "basic";
    private static final String FILE = "manifest.yml";
    private static final String DATA_STREAMS = "data_stream/";
    private static final String TEMPLATE = "stream.yml.hbs";
    private static final String PIPELINE = "default";
    private static final List<String> TOLD_OF_TEMPLATES = List.of(
            "name", "title", "description", "icons", "categories", "deployment_modes", "data_streams", "deprecated");
    private static final List<String> TOLD_OF_STREAMS = List.of("type", "dataset", "title", "deprecated");

    private final PackageArchive archive;
    private final PackageId id;
    private final Set<String> categories;

    private PackageManifest(PackageArchive archive, PackageId id, Set<String> categories) {
        this.archive = archive;
        this.id = id;
        this.categories = categories;
    }

    /// What a manifest says.
    ///
    /// @param kept what searches need
    /// @param whole what is told of this package alone
    public record Said(RegistryPackage kept, Json.Members whole) {}

    /// Throws `MalformedException` with what is wrong.
    ///
    /// @param id what the package's file is called; the manifest has to say the same
    /// @param categories those that there are; others are not told
    /// @param signed whether a signature can be downloaded
    public static Said read(PackageArchive archive, PackageId id, Set<String> categories, boolean signed)
            throws IOException {
        return new PackageManifest(archive, id, categories).read(signed);
    }

    private Said read(boolean signed) throws IOException {
        var told = Shape.copy(Shapes.PACKAGE.read(Yaml.read(required(FILE), FILE), "manifest"));
        check(told);
        var release = told.computeIfAbsent("release", absent -> text(release(id.version())));
        if (!List.of(GENERAL, BETA, EXPERIMENTAL).contains(words(release))) {
            throw new MalformedException(
                    "release %s is not ga, beta or experimental".formatted(Quoted.text(words(release))));
        }
        if (words(told, "type").isEmpty()) {
            told.put("type", text(INTEGRATION));
        }
        told.put("download", text(id.download()));
        told.put("path", text(id.path()));
        if (signed) {
            told.put("signature_path", text(id.download() + ".sig"));
        }
        pictures(told, "icons");
        told.computeIfPresent("categories", (name, all) -> known(all));
        told.computeIfPresent("categories", (name, all) -> all.equals(NONE) ? null : all);
        told.computeIfPresent(
                "discovery", (name, all) -> ((Json.Members) all).fields().isEmpty() ? null : all);
        templates(told);
        var streams = dataStreams(words(release));
        if (!streams.isEmpty()) {
            told.put("data_streams", new Json.Elements(streams));
        }
        var summary = summary(told, streams);
        pictures(told, "screenshots");
        told.computeIfAbsent("license", absent -> text(license(told)));
        told.put("readme", text(id.path() + "/docs/README.md"));
        told.put("assets", new Json.Elements(assets()));
        return new Said(RegistryPackage.of(id, facts(told), summary), new Json.Members(told));
    }

    private Bytes required(String file) throws IOException {
        return archive.read(file, Yaml.BYTES_MAX)
                .orElseThrow(() -> new MalformedException("package has no file %s/%s".formatted(id, file)));
    }

    private void check(Map<String, Json> told) {
        String says = words(told, "name") + "-" + words(told, "version");
        if (!says.equals(id.toString())) {
            throw new MalformedException(
                    "manifest says that it is %s, and the file is called %s".formatted(Quoted.text(says), id.file()));
        }
        for (String field : List.of("title", "description")) {
            if (words(told, field).isEmpty()) {
                throw new MalformedException("manifest has no " + field);
            }
        }
        if (!archive.has("docs/README.md")) {
            throw new MalformedException("package has no docs/README.md");
        }
    }

    private static String release(SemanticVersion version) {
        return version.isPrerelease() || version.major() < 1 ? BETA : GENERAL;
    }

    private static String license(Map<String, Json> told) {
        String subscription = step(step(told, "conditions"), "elastic").containsKey("subscription")
                ? words(step(step(told, "conditions"), "elastic"), "subscription")
                : "";
        return subscription.isEmpty() ? BASIC : subscription;
    }

    private Json known(Json all) {
        return new Json.Elements(((Json.Elements) all)
                .list().stream().filter(one -> categories.contains(words(one))).toList());
    }

    /// Where a picture is, for those who read it over HTTP.
    private void pictures(Map<String, Json> told, String field) {
        if (!told.containsKey(field)) {
            return;
        }
        var pictures = new ArrayList<Json>();
        for (var picture : Shape.objects(told, field)) {
            var copy = Shape.copy(picture);
            copy.put("path", text(joined(id.path() + "/" + words(copy, "src"))));
            pictures.add(new Json.Members(copy));
        }
        told.put(field, new Json.Elements(pictures));
    }

    private static String joined(String path) {
        return path.replaceAll("/{2,}", "/");
    }

    private void templates(Map<String, Json> told) {
        if (!told.containsKey("policy_templates")) {
            return;
        }
        var templates = new ArrayList<Json>();
        for (var template : Shape.objects(told, "policy_templates")) {
            var copy = Shape.copy(template);
            copy.putIfAbsent("multiple", new Json.Bool(true));
            pictures(copy, "icons");
            pictures(copy, "screenshots");
            String readme = "docs/%s.md".formatted(words(copy, "name"));
            if (archive.has(readme)) {
                copy.put("readme", text(id.path() + "/" + readme));
            }
            if (words(told, "type").equals("input") && copy.containsKey("input")) {
                copy.remove("ingestion_method");
                IngestionMethods.of(words(copy, "input"))
                        .ifPresent(method -> copy.put("ingestion_method", text(method)));
            }
            templates.add(new Json.Members(copy));
        }
        told.put("policy_templates", new Json.Elements(templates));
    }

    private List<Json> dataStreams(String release) throws IOException {
        var streams = new ArrayList<Json>();
        for (String file : archive.files()) {
            boolean manifest = file.startsWith(DATA_STREAMS) && file.endsWith("/" + FILE);
            String folder = manifest ? file.substring(0, file.length() - FILE.length() - 1) : "";
            if (manifest && folder.indexOf('/', DATA_STREAMS.length()) < 0 && folder.length() > DATA_STREAMS.length()) {
                streams.add(dataStream(folder, folder.substring(DATA_STREAMS.length()), release));
            }
        }
        return streams;
    }

    private Json dataStream(String folder, String path, String release) throws IOException {
        String manifest = folder + "/" + FILE;
        var told = Shape.copy(Shapes.DATA_STREAM.read(Yaml.read(required(manifest), manifest), manifest));
        told.putIfAbsent("dataset", text(id.name() + "." + path));
        told.putIfAbsent("release", text(release));
        told.put("package", text(id.name()));
        told.put("path", text(path));
        if (told.containsKey("streams")) {
            told.put(
                    "streams",
                    new Json.Elements(Shape.objects(told, "streams").stream()
                            .map(PackageManifest::stream)
                            .toList()));
        }
        var pipelines = archive.files(folder + "/elasticsearch/ingest_pipeline");
        if (pipelines.contains(PIPELINE + ".json") || pipelines.contains(PIPELINE + ".yml")) {
            pipeline(told);
        }
        return new Json.Members(told);
    }

    private static Json stream(Json.Members stream) {
        var copy = Shape.copy(stream);
        copy.putIfAbsent("enabled", new Json.Bool(true));
        copy.putIfAbsent("template_path", text(TEMPLATE));
        if (copy.containsKey("input")) {
            IngestionMethods.of(words(copy, "input")).ifPresent(method -> copy.put("ingestion_method", text(method)));
        }
        return new Json.Members(copy);
    }

    /// A pipeline that is called `default` need not be named.
    private static void pipeline(Map<String, Json> told) {
        if (!(told.get("elasticsearch") instanceof Json.Members elasticsearch)) {
            told.putIfAbsent("ingest_pipeline", text(PIPELINE));
        } else if (!elasticsearch.fields().containsKey("ingest_pipeline.name")) {
            var copy = Shape.copy(elasticsearch);
            copy.put("ingest_pipeline.name", text(PIPELINE));
            told.put("elasticsearch", new Json.Members(copy));
            told.put("ingest_pipeline", text(PIPELINE));
        } else {
            told.putIfAbsent("ingest_pipeline", text(PIPELINE));
        }
    }

    private static Json.Members summary(Map<String, Json> told, List<Json> streams) {
        var summary = new LinkedHashMap<String, Json>();
        Shapes.SUMMARY.fields().forEach(field -> copy(told, field.name(), summary));
        copy(told, "signature_path", summary);
        if (told.containsKey("policy_templates")) {
            summary.put("policy_templates", only(Shape.objects(told, "policy_templates"), TOLD_OF_TEMPLATES));
        }
        if (!streams.isEmpty()) {
            summary.put(
                    "data_streams",
                    only(streams.stream().map(Json.Members.class::cast).toList(), TOLD_OF_STREAMS));
        }
        return new Json.Members(summary);
    }

    private static Json only(List<Json.Members> objects, List<String> fields) {
        return new Json.Elements(objects.stream()
                .<Json>map(object -> {
                    var some = new LinkedHashMap<String, Json>();
                    fields.forEach(field -> copy(object.fields(), field, some));
                    return new Json.Members(some);
                })
                .toList());
    }

    private static void copy(Map<String, Json> from, String field, Map<String, Json> to) {
        Optional.ofNullable(from.get(field)).ifPresent(value -> to.put(field, value));
    }

    /// All files, those nearer to the top first.
    private List<Json> assets() {
        return archive.files().stream()
                .filter(file -> !file.contains(".DS_Store"))
                .sorted(Comparator.comparingLong(
                        file -> file.chars().filter(c -> c == '/').count()))
                .<Json>map(file -> text(id.path() + "/" + file))
                .toList();
    }

    private RegistryPackage.Facts facts(Map<String, Json> told) {
        var conditions = step(told, "conditions");
        var discovery = step(told, "discovery");
        var format = SemanticVersion.parse(words(told, "format_version"));
        return new RegistryPackage.Facts(
                words(told, "type"),
                words(told, "release"),
                SemanticVersion.parse("%d.%d.0".formatted(format.major(), format.minor())),
                texts(told, "categories"),
                Shape.objects(told, "policy_templates").stream()
                        .map(template -> texts(template.fields(), "categories"))
                        .toList(),
                new RegistryPackage.Conditions(
                        range(step(conditions, "kibana")),
                        range(step(conditions, "agent")),
                        texts(step(conditions, "elastic"), "capabilities")),
                new RegistryPackage.Discovery(names(discovery, "fields"), names(discovery, "datasets")));
    }

    private static Optional<VersionRange> range(Map<String, Json> condition) {
        return Optional.ofNullable(condition.get("version")).map(version -> VersionRange.parse(words(version)));
    }

    private static Map<String, Json> step(Map<String, Json> object, String field) {
        return object.get(field) instanceof Json.Members members ? members.fields() : Map.of();
    }

    private static Set<String> names(Map<String, Json> object, String field) {
        var names = new LinkedHashSet<String>();
        Shape.objects(object, field).forEach(one -> names.add(words(one.fields(), "name")));
        return names;
    }

    private static Set<String> texts(Map<String, Json> object, String field) {
        var texts = new LinkedHashSet<String>();
        if (object.get(field) instanceof Json.Elements(var list)) {
            list.forEach(one -> texts.add(words(one)));
        }
        return texts;
    }

    private static Json text(String words) {
        return new Json.Text(words);
    }

    private static String words(Json value) {
        return value instanceof Json.Text(String text) ? text : "";
    }

    private static String words(Map<String, Json> object, String field) {
        return words(object.getOrDefault(field, text("")));
    }
}
