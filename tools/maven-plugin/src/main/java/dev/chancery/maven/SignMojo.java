// SPDX-License-Identifier: Apache-2.0
package dev.chancery.maven;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.inject.Inject;
import org.apache.maven.plugin.AbstractMojo;
import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.plugin.MojoFailureException;
import org.apache.maven.plugins.annotations.LifecyclePhase;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;
import org.apache.maven.project.MavenProject;
import org.apache.maven.project.MavenProjectHelper;

/**
 * Has the office sign all that the project deploys: its POM, its artifact and what is attached to it. The signatures
 * are attached too, so that they are installed and deployed with it.
 */
@Mojo(name = "sign", defaultPhase = LifecyclePhase.VERIFY, threadSafe = true)
public final class SignMojo extends AbstractMojo {
    private final MavenProjectHelper helper;

    @Parameter(defaultValue = "${project}", readonly = true, required = true)
    @SuppressWarnings("NullAway.Init")
    private MavenProject project;

    /** Where the files lie under the names that a repository has them by, with their signatures. */
    @Parameter(defaultValue = "${project.build.directory}/chancery", readonly = true)
    @SuppressWarnings("NullAway.Init")
    private File directory;

    /** Who signs: authorities of the office. With several, the signatures are called FILE.AUTHORITY.asc. */
    @Parameter(property = "chancery.as", required = true)
    private List<String> as = List.of();

    /** What signatures to make: the formats of "chancery sign". */
    @Parameter(property = "chancery.formats", defaultValue = "openpgp,sigstore")
    private List<String> formats = List.of();

    /**
     * Further options of "chancery sign": --server and its URL, --no-receipt. Each word stands alone. What must stay
     * secret is in the environment or in files, as the command has it.
     */
    @Parameter
    private List<String> options = List.of();

    /** The command: a path, or a name on the PATH. */
    @Parameter(property = "chancery.executable", defaultValue = "chancery")
    private String executable = "chancery";

    /** Sign nothing. */
    @Parameter(property = "chancery.skip", defaultValue = "false")
    private boolean skip;

    @Inject
    SignMojo(MavenProjectHelper helper) {
        this.helper = helper;
    }

    @Override
    public void execute() throws MojoExecutionException, MojoFailureException {
        if (skip) {
            getLog().info("Nothing is signed: chancery.skip is set.");
            return;
        }
        try {
            var staged = staged();
            new Command(executable, getLog()).run(staged.directory(), words(staged.names()));
            var attached = new ArrayList<Path>();
            staged.forEachBeside((kind, file) -> {
                helper.attachArtifact(
                        project, kind.extension(), kind.classifier().orElse(null), file.toFile());
                attached.add(file);
            });
            getLog().info("%s signed %d files of %s; attached: %d."
                    .formatted(String.join(", ", as), staged.names().size(), project.getId(), attached.size()));
        } catch (IOException e) {
            throw new MojoExecutionException("cannot lay the files to be signed into " + directory, e);
        }
    }

    private List<String> words(List<String> names) {
        var words = new ArrayList<String>();
        words.add("sign");
        as.forEach(one -> words.add("--as=" + one));
        formats.forEach(one -> words.add("--format=" + one));
        words.addAll(options);
        words.add("--");
        words.addAll(names);
        return words;
    }

    private Staged staged() throws IOException, MojoExecutionException {
        var staged = new Staged(directory.toPath(), project.getArtifactId() + "-" + project.getVersion());
        staged.add(project.getFile().toPath(), new Staged.Kind("pom", Optional.empty()));
        if (!project.getPackaging().equals("pom")) {
            var artifact = project.getArtifact();
            if (artifact.getFile() == null || !artifact.getFile().isFile()) {
                throw new MojoExecutionException(
                        "the project has no artifact yet: this goal comes after the phase package, in the same build");
            }
            staged.add(artifact.getFile().toPath(), Staged.Kind.of(artifact));
        }
        for (var artifact : project.getAttachedArtifacts()) {
            var kind = Staged.Kind.of(artifact);
            if (!Sidecar.isExtension(kind.extension())) {
                staged.add(artifact.getFile().toPath(), kind);
            }
        }
        return staged;
    }
}
