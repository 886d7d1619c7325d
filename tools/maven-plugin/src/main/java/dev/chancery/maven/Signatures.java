// SPDX-License-Identifier: Apache-2.0
package dev.chancery.maven;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.maven.plugin.MojoExecutionException;
import org.eclipse.aether.RepositorySystem;
import org.eclipse.aether.RepositorySystemSession;
import org.eclipse.aether.artifact.Artifact;
import org.eclipse.aether.artifact.DefaultArtifact;
import org.eclipse.aether.repository.RemoteRepository;
import org.eclipse.aether.repository.RepositoryPolicy;
import org.eclipse.aether.resolution.ArtifactRequest;
import org.eclipse.aether.resolution.ArtifactResolutionException;
import org.eclipse.aether.resolution.ArtifactResult;

/// What repositories have beside artifacts. Maven lays it beside them in its local repository too, under the artifact's
/// name and the suffix, which is where the command looks.
record Signatures(RepositorySystem system, RepositorySystemSession session, List<RemoteRepository> repositories) {
    Signatures {
        repositories = List.copyOf(repositories);
    }

    /// A signature is worth what it signs and needs no checksum, which Maven deploys none of with it.
    private static RemoteRepository withoutChecksums(RemoteRepository repository) {
        return new RemoteRepository.Builder(repository)
                .setReleasePolicy(ignoring(repository.getPolicy(false)))
                .setSnapshotPolicy(ignoring(repository.getPolicy(true)))
                .build();
    }

    private static RepositoryPolicy ignoring(RepositoryPolicy policy) {
        return new RepositoryPolicy(
                policy.isEnabled(), policy.getUpdatePolicy(), RepositoryPolicy.CHECKSUM_POLICY_IGNORE);
    }

    /// Each artifact's POM; all must be there.
    List<Path> poms(List<Artifact> artifacts) throws MojoExecutionException {
        var requests = new ArrayList<ArtifactRequest>();
        for (var artifact : artifacts) {
            requests.add(request(artifact, "", "pom", repositories));
        }
        var poms = new ArrayList<Path>();
        for (var result : results(requests)) {
            if (!result.isResolved()) {
                throw unavailable(result);
            }
            poms.add(result.getArtifact().getFile().toPath());
        }
        return poms;
    }

    /// Has Maven lay beside each artifact, and each POM where those count, what signatures there are.
    ///
    /// @return how many
    /// @throws MojoExecutionException if a repository does not say whether it has one
    int fetch(List<Artifact> artifacts, boolean poms, List<String> suffixes) throws MojoExecutionException {
        var places = repositories.stream().map(Signatures::withoutChecksums).toList();
        var requests = new ArrayList<ArtifactRequest>();
        for (var artifact : artifacts) {
            for (String suffix : suffixes) {
                String extension = artifact.getExtension() + "." + suffix;
                requests.add(request(artifact, artifact.getClassifier(), extension, places));
                if (poms) {
                    requests.add(request(artifact, "", "pom." + suffix, places));
                }
            }
        }
        int found = 0;
        for (var result : results(requests)) {
            if (result.isResolved()) {
                found++;
            } else if (!result.isMissing()) {
                throw unavailable(result);
            }
        }
        return found;
    }

    private static ArtifactRequest request(
            Artifact artifact, String classifier, String extension, List<RemoteRepository> places) {
        var wanted = new DefaultArtifact(
                artifact.getGroupId(), artifact.getArtifactId(), classifier, extension, artifact.getVersion());
        return new ArtifactRequest(wanted, places, null);
    }

    private List<ArtifactResult> results(List<ArtifactRequest> requests) {
        try {
            return system.resolveArtifacts(session, requests);
        } catch (ArtifactResolutionException e) {
            return e.getResults();
        }
    }

    private static MojoExecutionException unavailable(ArtifactResult result) {
        var cause = result.getExceptions().stream().findFirst().orElseThrow();
        return new MojoExecutionException("cannot get " + result.getRequest().getArtifact(), cause);
    }
}
