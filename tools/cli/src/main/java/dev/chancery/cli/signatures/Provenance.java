// SPDX-License-Identifier: Apache-2.0
package dev.chancery.cli.signatures;

import dev.chancery.cli.signing.Attesting;
import dev.chancery.cli.terminal.HintedException;
import dev.chancery.core.UnavailableException;
import dev.chancery.json.Json;
import dev.chancery.json.JsonFields;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// SLSA provenance v1 (slsa.dev, "Build: Provenance") from the variables that a CI system sets for its jobs.
///
/// | system | known by | builder | build type | one run |
/// |---|---|---|---|---|
/// | GitHub Actions | `GITHUB_ACTIONS=true` | by `RUNNER_ENVIRONMENT` | actions.github.io workflow v1 | run and attempt
/// |
/// | GitLab CI | `GITLAB_CI=true` | the runner's address | ours | `CI_JOB_URL` |
/// | Jenkins | `JENKINS_URL` | that | ours | `BUILD_URL` |
///
/// It is the word of whoever runs the command: the environment proves nothing. What makes it worth something
/// is who may have statements signed as this authority.
final class Provenance {
    static final String PREDICATE_TYPE = "https://slsa.dev/provenance/v1";

    private static final String GITHUB_WORKFLOW = "https://actions.github.io/buildtypes/workflow/v1";
    private static final String GITLAB_JOB = "https://chancery.dev/buildtypes/gitlab-job/v1";
    private static final String JENKINS_JOB = "https://chancery.dev/buildtypes/jenkins-job/v1";

    private final Map<String, String> environment;

    private Provenance(Map<String, String> environment) {
        this.environment = environment;
    }

    static Attesting.Said of(Map<String, String> environment) {
        var provenance = new Provenance(environment);
        if (provenance.value("GITHUB_ACTIONS").equals("true")) {
            return provenance.github();
        }
        if (provenance.value("GITLAB_CI").equals("true")) {
            return provenance.gitlab();
        }
        if (!provenance.value("JENKINS_URL").isEmpty()) {
            return provenance.jenkins();
        }
        throw new HintedException(
                new UnavailableException("the environment is not that of a known CI system"),
                "GITHUB_ACTIONS, GITLAB_CI and JENKINS_URL tell; --predicate FILE --predicate-type %s states your own"
                        .formatted(PREDICATE_TYPE));
    }

    private Attesting.Said github() {
        String repository = required("GITHUB_SERVER_URL") + "/" + required("GITHUB_REPOSITORY");
        String ref = required("GITHUB_REF");
        // owner/repository/.github/workflows/build.yml@refs/heads/main
        String path = required("GITHUB_WORKFLOW_REF")
                .replaceFirst("^[^/]*/[^/]*/", "")
                .replaceFirst("@.*$", "");
        var workflow =
                new JsonFields().put("ref", ref).put("repository", repository).put("path", path);
        var external = new JsonFields().put("workflow", workflow.toJson());
        var event = new JsonFields()
                .put("event_name", value("GITHUB_EVENT_NAME"))
                .put("repository_id", value("GITHUB_REPOSITORY_ID"))
                .put("repository_owner_id", value("GITHUB_REPOSITORY_OWNER_ID"))
                .put("runner_environment", value("RUNNER_ENVIRONMENT"));
        var internal = new JsonFields().put("github", event.toJson());
        String runner = value("RUNNER_ENVIRONMENT").isEmpty() ? "self-hosted" : value("RUNNER_ENVIRONMENT");
        return said(
                definition(GITHUB_WORKFLOW, external, internal, source(repository + "@" + ref, required("GITHUB_SHA"))),
                "https://github.com/actions/runner/" + runner,
                "%s/actions/runs/%s/attempts/%s"
                        .formatted(repository, required("GITHUB_RUN_ID"), required("GITHUB_RUN_ATTEMPT")));
    }

    private Attesting.Said gitlab() {
        String project = required("CI_PROJECT_URL");
        var external = new JsonFields()
                .put("source", project)
                .put("ref", required("CI_COMMIT_REF_NAME"))
                .put("job", required("CI_JOB_NAME"));
        var internal = new JsonFields()
                .put("pipeline", required("CI_PIPELINE_ID"))
                .put("trigger", value("CI_PIPELINE_SOURCE"));
        return said(
                definition(GITLAB_JOB, external, internal, source(project, required("CI_COMMIT_SHA"))),
                required("CI_SERVER_URL") + "/-/runners/" + required("CI_RUNNER_ID"),
                required("CI_JOB_URL"));
    }

    /// The source is known when the git plugin checked it out.
    private Attesting.Said jenkins() {
        var external = new JsonFields().put("job", required("JOB_NAME")).put("build", required("BUILD_NUMBER"));
        var internal = new JsonFields().put("node", value("NODE_NAME"));
        var sources =
                value("GIT_COMMIT").isEmpty() ? List.<Json>of() : source(required("GIT_URL"), required("GIT_COMMIT"));
        return said(
                definition(JENKINS_JOB, external, internal, sources), required("JENKINS_URL"), required("BUILD_URL"));
    }

    private static Json definition(String type, JsonFields external, JsonFields internal, List<Json> sources) {
        return new JsonFields()
                .put("buildType", type)
                .put("externalParameters", external.toJson())
                .put("internalParameters", internal.toJson())
                .put("resolvedDependencies", sources)
                .toJson();
    }

    private static List<Json> source(String repository, String commit) {
        var sources = new ArrayList<Json>();
        sources.add(new JsonFields()
                .put("uri", "git+" + repository)
                .put("digest", new JsonFields().put("gitCommit", commit).toJson())
                .toJson());
        return sources;
    }

    private static Attesting.Said said(Json definition, String builder, String run) {
        var details = new JsonFields()
                .put("builder", new JsonFields().put("id", builder).toJson())
                .put("metadata", new JsonFields().put("invocationId", run).toJson());
        return new Attesting.Said(
                PREDICATE_TYPE,
                new JsonFields()
                        .put("buildDefinition", definition)
                        .put("runDetails", details.toJson())
                        .toJson());
    }

    private String value(String name) {
        return environment.getOrDefault(name, "");
    }

    private String required(String name) {
        if (value(name).isEmpty()) {
            throw new UnavailableException("variable %s of the CI system is not set".formatted(name));
        }
        return value(name);
    }
}
