// SPDX-License-Identifier: Apache-2.0
package dev.chancery.maven;

import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.inject.Inject;
import org.apache.maven.RepositoryUtils;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.plugin.AbstractMojo;
import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.plugin.MojoFailureException;
import org.apache.maven.plugins.annotations.LifecyclePhase;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;
import org.apache.maven.plugins.annotations.ResolutionScope;
import org.apache.maven.project.MavenProject;
import org.eclipse.aether.RepositorySystem;
import org.eclipse.aether.artifact.Artifact;
import org.jspecify.annotations.Nullable;

/**
 * Has the project's dependencies verified, all of them and of every scope, before anything of them is used: the build
 * fails unless each was signed by whom the policy demands.
 */
@Mojo(
        name = "verify",
        defaultPhase = LifecyclePhase.INITIALIZE,
        requiresDependencyResolution = ResolutionScope.TEST,
        threadSafe = true)
public final class VerifyMojo extends AbstractMojo {
    private final RepositorySystem system;

    @Parameter(defaultValue = "${session}", readonly = true, required = true)
    @SuppressWarnings("NullAway.Init")
    private MavenSession session;

    @Parameter(defaultValue = "${project}", readonly = true, required = true)
    @SuppressWarnings("NullAway.Init")
    private MavenProject project;

    /** The policy, a file: which authorities must have signed which files. Or "require" says it. */
    @Parameter(property = "chancery.policy")
    private @Nullable File policy;

    /** Who must have signed each of them: an authority, or K:NAME,NAME for at least K of them. */
    @Parameter
    private List<String> require = List.of();

    /** Public keys as "chancery keyring export" writes them. Default: the office's own. */
    @Parameter(property = "chancery.keyring")
    private @Nullable File keyring;

    /** Suffixes of the signatures that repositories are asked for. */
    @Parameter(property = "chancery.suffixes", defaultValue = "asc,sigstore.json")
    private List<String> suffixes = List.of();

    /** Only these dependencies: groupId, or groupId:artifactId; * stands for any characters. Default: all. */
    @Parameter
    private List<String> includes = List.of();

    /** All but these dependencies, in the same form. */
    @Parameter
    private List<String> excludes = List.of();

    /** Whether the dependencies' POMs are verified too. */
    @Parameter(property = "chancery.poms", defaultValue = "true")
    private boolean poms = true;

    /** Further options of "chancery verify": --log and the log's key. Each word stands alone. */
    @Parameter
    private List<String> options = List.of();

    /** The command: a path, or a name on the PATH. */
    @Parameter(property = "chancery.executable", defaultValue = "chancery")
    private String executable = "chancery";

    /** Verify nothing. */
    @Parameter(property = "chancery.skip", defaultValue = "false")
    private boolean skip;

    @Inject
    VerifyMojo(RepositorySystem system) {
        this.system = system;
    }

    @Override
    public void execute() throws MojoExecutionException, MojoFailureException {
        if (skip) {
            getLog().warn("Nothing is verified: chancery.skip is set.");
            return;
        }
        var chosen = chosen();
        var files = new ArrayList<Path>();
        chosen.forEach(one -> files.add(one.getFile().toPath()));
        if (!chosen.isEmpty()) {
            var repositories =
                    new Signatures(system, session.getRepositorySession(), project.getRemoteProjectRepositories());
            if (poms) {
                files.addAll(repositories.poms(chosen));
            }
            int found = repositories.fetch(chosen, poms, suffixes);
            getLog().debug("The repositories have %d signatures.".formatted(found));
            new Command(executable, getLog()).run(project.getBasedir().toPath(), words(files));
        }
        int all = project.getArtifacts().size();
        getLog().info("Verified %d files of %d dependencies; %d left out."
                .formatted(files.size(), chosen.size(), all - chosen.size()));
    }

    /// A module of the same build has not been published yet, and a `system` dependency never was.
    private List<Artifact> chosen() {
        var selection = Selection.of(includes, excludes);
        var chosen = new ArrayList<Artifact>();
        for (var artifact : project.getArtifacts()) {
            boolean ours = session.getProjects().stream()
                    .anyMatch(module -> module.getGroupId().equals(artifact.getGroupId())
                            && module.getArtifactId().equals(artifact.getArtifactId())
                            && module.getVersion().equals(artifact.getBaseVersion()));
            boolean local = artifact.getScope().equals(org.apache.maven.artifact.Artifact.SCOPE_SYSTEM);
            if (!ours && !local && selection.holds(artifact)) {
                chosen.add(RepositoryUtils.toArtifact(artifact));
            }
        }
        return chosen;
    }

    private List<String> words(List<Path> files) {
        var words = new ArrayList<String>();
        words.add("verify");
        Optional.ofNullable(policy).ifPresent(file -> words.add("--policy=" + file));
        require.forEach(one -> words.add("--require=" + one));
        Optional.ofNullable(keyring).ifPresent(folder -> words.add("--keyring=" + folder));
        words.addAll(options);
        words.add("--");
        files.forEach(file -> words.add(file.toString()));
        return words;
    }
}
