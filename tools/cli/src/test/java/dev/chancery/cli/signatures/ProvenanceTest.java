// SPDX-License-Identifier: Apache-2.0
package dev.chancery.cli.signatures;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.chancery.cli.terminal.HintedException;
import dev.chancery.core.UnavailableException;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// The variables as the three systems set them for a job.
class ProvenanceTest {
    private static final Map<String, String> GITHUB = Map.ofEntries(
            Map.entry("GITHUB_ACTIONS", "true"),
            Map.entry("GITHUB_SERVER_URL", "https://github.example.com"),
            Map.entry("GITHUB_REPOSITORY", "acme/app"),
            Map.entry("GITHUB_REPOSITORY_ID", "17"),
            Map.entry("GITHUB_REPOSITORY_OWNER_ID", "3"),
            Map.entry("GITHUB_REF", "refs/heads/main"),
            Map.entry("GITHUB_SHA", "4f1c2d"),
            Map.entry("GITHUB_WORKFLOW_REF", "acme/app/.github/workflows/build.yml@refs/heads/main"),
            Map.entry("GITHUB_EVENT_NAME", "push"),
            Map.entry("GITHUB_RUN_ID", "1001"),
            Map.entry("GITHUB_RUN_ATTEMPT", "2"),
            Map.entry("RUNNER_ENVIRONMENT", "self-hosted"));

    private static String predicate(Map<String, String> environment) {
        var said = Provenance.of(environment);
        assertEquals("https://slsa.dev/provenance/v1", said.predicateType());
        return said.predicate().line();
    }

    @Test
    void githubActions() {
        assertEquals(
                "{\"buildDefinition\":{\"buildType\":\"https://actions.github.io/buildtypes/workflow/v1\","
                        + "\"externalParameters\":{\"workflow\":{\"ref\":\"refs/heads/main\","
                        + "\"repository\":\"https://github.example.com/acme/app\","
                        + "\"path\":\".github/workflows/build.yml\"}},"
                        + "\"internalParameters\":{\"github\":{\"event_name\":\"push\",\"repository_id\":\"17\","
                        + "\"repository_owner_id\":\"3\",\"runner_environment\":\"self-hosted\"}},"
                        + "\"resolvedDependencies\":[{\"uri\":"
                        + "\"git+https://github.example.com/acme/app@refs/heads/main\","
                        + "\"digest\":{\"gitCommit\":\"4f1c2d\"}}]},"
                        + "\"runDetails\":{\"builder\":{\"id\":\"https://github.com/actions/runner/self-hosted\"},"
                        + "\"metadata\":{\"invocationId\":"
                        + "\"https://github.example.com/acme/app/actions/runs/1001/attempts/2\"}}}",
                predicate(GITHUB));
    }

    @Test
    void gitlabCi() {
        var environment = Map.of(
                "GITLAB_CI", "true",
                "CI_PROJECT_URL", "https://gitlab.example.com/acme/app",
                "CI_COMMIT_REF_NAME", "main",
                "CI_COMMIT_SHA", "4f1c2d",
                "CI_JOB_NAME", "build",
                "CI_JOB_URL", "https://gitlab.example.com/acme/app/-/jobs/9",
                "CI_PIPELINE_ID", "8",
                "CI_SERVER_URL", "https://gitlab.example.com",
                "CI_RUNNER_ID", "5");
        String predicate = predicate(environment);
        assertTrue(predicate.contains("\"id\":\"https://gitlab.example.com/-/runners/5\""), predicate);
        assertTrue(predicate.contains("\"gitCommit\":\"4f1c2d\""), predicate);
        assertTrue(predicate.contains("\"invocationId\":\"https://gitlab.example.com/acme/app/-/jobs/9\""), predicate);
    }

    @Test
    void jenkins() {
        var environment = new HashMap<>(Map.of(
                "JENKINS_URL", "https://jenkins.example.com/",
                "JOB_NAME", "app/main",
                "BUILD_NUMBER", "42",
                "BUILD_URL", "https://jenkins.example.com/job/app/job/main/42/"));
        String predicate = predicate(environment);
        assertTrue(predicate.contains("\"externalParameters\":{\"job\":\"app/main\",\"build\":\"42\"}"), predicate);
        assertTrue(predicate.contains("\"resolvedDependencies\":[]"), predicate);
        environment.put("GIT_COMMIT", "4f1c2d");
        environment.put("GIT_URL", "https://git.example.com/app");
        assertTrue(predicate(environment).contains("\"uri\":\"git+https://git.example.com/app\""));
    }

    @Test
    void elsewhereThereIsNone() {
        assertThrows(HintedException.class, () -> Provenance.of(Map.of("GITHUB_ACTIONS", "false")));
    }

    /// Provenance with a hole in it is worse than none.
    @Test
    void aVariableThatIsMissingIsNamed() {
        for (String name : GITHUB.keySet()) {
            var environment = new HashMap<>(GITHUB);
            environment.remove(name);
            boolean optional = (name.endsWith("_ID") && !name.equals("GITHUB_RUN_ID"))
                    || name.equals("GITHUB_EVENT_NAME")
                    || name.equals("RUNNER_ENVIRONMENT");
            if (optional) {
                predicate(environment);
            } else if (!name.equals("GITHUB_ACTIONS")) {
                var e = assertThrows(UnavailableException.class, () -> Provenance.of(environment));
                assertEquals("variable %s of the CI system is not set".formatted(name), e.sentence());
            }
        }
    }
}
