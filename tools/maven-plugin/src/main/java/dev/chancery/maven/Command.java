// SPDX-License-Identifier: Apache-2.0
package dev.chancery.maven;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.plugin.MojoFailureException;
import org.apache.maven.plugin.logging.Log;

/// The command, started with the environment that Maven has.
///
/// @param executable what to start: a path, or a name on the `PATH`
/// @param log where its words go
record Command(String executable, Log log) {
    /// What it ends with when its answer is no, and nothing else was wrong.
    private static final int REFUSED = 1;

    /// The last lines of a failure stand in Maven's own sentence about it.
    private static final int LINES_IN_SENTENCE = 20;

    /// @throws MojoFailureException if it says no
    /// @throws MojoExecutionException if it could not be asked, or could not answer
    void run(Path directory, List<String> words) throws MojoExecutionException, MojoFailureException {
        var line = new ArrayList<String>();
        line.add(executable);
        line.addAll(words);
        log.debug(String.join(" ", line));
        var said = new ArrayList<String>();
        int status = start(new ProcessBuilder(line).directory(directory.toFile()), said);
        if (status != 0) {
            int from = Math.max(0, said.size() - LINES_IN_SENTENCE);
            said.subList(0, from).forEach(log::error);
            var sentence = "%s %s ends with %d:%n%s"
                    .formatted(
                            executable,
                            words.get(0),
                            status,
                            String.join(System.lineSeparator(), said.subList(from, said.size())));
            if (status == REFUSED) {
                throw new MojoFailureException(sentence);
            }
            throw new MojoExecutionException(sentence);
        }
        said.forEach(log::debug);
    }

    private int start(ProcessBuilder builder, List<String> said) throws MojoExecutionException {
        builder.redirectErrorStream(true).redirectInput(new File("/dev/null"));
        Process process;
        try {
            process = builder.start();
        } catch (IOException e) {
            var sentence = "cannot start %s; <executable>, -Dchancery.executable or the PATH says where it is"
                    .formatted(executable);
            throw new MojoExecutionException(sentence, e);
        }
        try (var reader = process.inputReader(StandardCharsets.UTF_8)) {
            reader.lines().forEach(said::add);
            return process.waitFor();
        } catch (IOException e) {
            throw new MojoExecutionException("cannot read what %s says".formatted(executable), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new MojoExecutionException("interrupted", e);
        } finally {
            process.destroy();
        }
    }
}
