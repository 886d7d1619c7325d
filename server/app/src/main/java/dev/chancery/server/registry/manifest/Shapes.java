// SPDX-License-Identifier: Apache-2.0
package dev.chancery.server.registry.manifest;

import static dev.chancery.server.registry.manifest.Shape.alwaysText;
import static dev.chancery.server.registry.manifest.Shape.any;
import static dev.chancery.server.registry.manifest.Shape.flag;
import static dev.chancery.server.registry.manifest.Shape.list;
import static dev.chancery.server.registry.manifest.Shape.map;
import static dev.chancery.server.registry.manifest.Shape.object;
import static dev.chancery.server.registry.manifest.Shape.text;
import static dev.chancery.server.registry.manifest.Shape.texts;

import dev.chancery.server.registry.manifest.Shape.Absence;

/// The fields that a registry tells of a package, as version 1.40 of the other implementation does.
final class Shapes {
    private static final Shape IMAGE =
            Shape.of(alwaysText("src"), alwaysText("path"), text("title"), text("size"), text("type"));

    private static final Shape DEPRECATED = Shape.of(
            alwaysText("since"),
            alwaysText("description"),
            object(
                    "replaced_by",
                    Shape.of(
                            text("package"),
                            text("policy_template"),
                            text("input"),
                            text("data_stream"),
                            text("variable"))));

    private static final Shape DEPLOYMENT_MODES = Shape.of(
            object("default", Shape.of(flag("enabled", Absence.ALWAYS_TOLD))),
            object(
                    "agentless",
                    Shape.of(
                            flag("enabled", Absence.ALWAYS_TOLD),
                            flag("is_default", Absence.TOLD_IF_THERE),
                            text("release"))));

    private static final Shape VARIABLE = Shape.of(
            alwaysText("name"),
            alwaysText("type"),
            text("title"),
            text("description"),
            flag("multi", Absence.ALWAYS_TOLD),
            flag("required", Absence.ALWAYS_TOLD),
            flag("show_user", Absence.ALWAYS_TOLD),
            any("default"),
            object("deprecated", DEPRECATED));

    private static final Shape STREAM = Shape.of(
            text("input"),
            text("package"),
            list("vars", VARIABLE),
            text("data_stream"),
            text("template_path"),
            text("title"),
            text("description"),
            flag("enabled", Absence.TOLD_IF_THERE),
            text("ingestion_method"));

    private static final Shape INPUT = Shape.of(
            text("type"),
            text("package"),
            list("vars", VARIABLE),
            text("title"),
            text("description"),
            list("streams", STREAM),
            text("template_path"),
            text("input_group"),
            texts("deployment_modes"),
            object("deprecated", DEPRECATED));

    /// A policy template, as it is told of one package.
    private static final Shape POLICY_TEMPLATE = Shape.of(
            alwaysText("name"),
            alwaysText("title"),
            alwaysText("description"),
            texts("data_streams"),
            list("inputs", INPUT),
            flag("multiple", Absence.TOLD_IF_THERE),
            list("icons", IMAGE),
            texts("categories"),
            list("screenshots", IMAGE),
            text("readme"),
            object("deployment_modes", DEPLOYMENT_MODES),
            text("type"),
            text("input"),
            text("ingestion_method"),
            text("template_path"),
            object("deprecated", DEPRECATED));

    private static final Shape ROOT = Shape.of(object("privileges", Shape.of(flag("root", Absence.LEFT_OUT))));

    private static final Shape NAMED = Shape.of(alwaysText("name"));

    private static final Shape REQUIREMENT = Shape.of(alwaysText("package"), alwaysText("version"));

    /// What a search tells of a package, but for its policy templates and data streams.
    static final Shape SUMMARY = Shape.of(
            alwaysText("name"),
            alwaysText("title"),
            alwaysText("version"),
            text("release"),
            object("source", Shape.of(text("license"))),
            alwaysText("description"),
            alwaysText("type"),
            alwaysText("download"),
            alwaysText("path"),
            list("icons", IMAGE),
            text("policy_templates_behavior"),
            object(
                    "conditions",
                    Shape.of(
                            object("kibana", Shape.of(alwaysText("version"))),
                            object("elastic", Shape.of(alwaysText("subscription"), texts("capabilities"))),
                            object("agent", Shape.of(alwaysText("version"))))),
            object("owner", Shape.of(text("type"), text("github"))),
            texts("categories"),
            object("discovery", Shape.of(list("fields", NAMED), list("datasets", NAMED))),
            object("deprecated", DEPRECATED),
            object("requires", Shape.of(list("input", REQUIREMENT), list("content", REQUIREMENT))),
            text("group"));

    /// What is told of one package.
    static final Shape PACKAGE = SUMMARY.and(
            alwaysText("format_version"),
            text("license"),
            list("screenshots", IMAGE),
            list("policy_templates", POLICY_TEMPLATE),
            list("vars", VARIABLE),
            object("elasticsearch", Shape.of(object("privileges", Shape.of(texts("cluster"))))),
            object("agent", ROOT));

    /// The manifest of a data stream.
    static final Shape DATA_STREAM = Shape.of(
            alwaysText("type"),
            text("dataset"),
            flag("hidden", Absence.LEFT_OUT),
            text("ilm_policy"),
            flag("dataset_is_prefix", Absence.LEFT_OUT),
            alwaysText("title"),
            text("release"),
            text("ingest_pipeline"),
            list("streams", STREAM),
            object(
                    "elasticsearch",
                    Shape.of(
                            map("index_template.settings"),
                            map("index_template.mappings"),
                            text("ingest_pipeline.name"),
                            object("privileges", Shape.of(texts("indices"))))),
            object("agent", ROOT),
            object("deprecated", DEPRECATED));

    private Shapes() {}
}
