// SPDX-License-Identifier: Apache-2.0
package dev.chancery.serving;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.chancery.interop.Office;
import dev.chancery.interop.StockTool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The commands of docs/ci.md, as they stand there, in a fresh checkout with nothing but a keyring and a token.
class RecipesIT {
    private static final String DOCUMENT = read(Path.of("../../docs/ci.md"));
    private static final Pattern BLOCK = Pattern.compile("```(yaml|groovy|sh)\n([\\s\\S]*?)\n```");
    /// GitHub's `run: |`, with the name of the step before it; GitLab's list of a `script`; Jenkins's `sh '''`.
    private static final Pattern STEP = Pattern.compile("name: Sign and publish\n    run: \\|\n([\\s\\S]*)");

    private static final Pattern SCRIPT = Pattern.compile("script:\n([\\s\\S]*)");
    private static final Pattern JENKINS = Pattern.compile("sh '''\n([\\s\\S]*?)\n *'''");
    private static final String SURROUNDINGS = """
            export CHANCERY_SERVER="$U" CHANCERY_TOKEN="$TOKEN" CHANCERY_SERVER_CERTIFICATE="%s"
            export GITHUB_SHA=0123456789abcdef CI_COMMIT_SHA=0123456789abcdef PATH="%s:$PATH"
            unset CHANCERY_HOME
            mkdir -p %3$s/dist %3$s/keyring %3$s/repository
            cd %3$s
            export REPOSITORY="$PWD/repository"
            echo "built by %3$s" > dist/app.zip
            for name in release.openpgp.asc release.raw.pem release.sigstore.pem release.statement.pem; do
                curl -f "$U/v1/keyring/$name" > keyring/$name
            done
            curl -f "$U/v1/keyring/for/openssl/release.pem" > ../release.pem
            """;

    @TempDir
    private static Path root;

    private static Office office;
    private static RunningServer server;

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @BeforeAll
    static void serve() throws IOException {
        StockTool.CURL.require();
        office = Office.none(root);
        server = RunningServer.start(office);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static List<String> blocks(String language) {
        return BLOCK.matcher(DOCUMENT)
                .results()
                .filter(block -> block.group(1).equals(language))
                .map(block -> block.group(2))
                .toList();
    }

    private static String only(Pattern pattern, List<String> blocks) {
        var found = blocks.stream()
                .flatMap(block -> pattern.matcher(block).results())
                .map(result -> result.group(1))
                .toList();
        assertEquals(1, found.size(), found::toString);
        return found.getFirst();
    }

    private static void run(String name, String recipe) throws IOException {
        var surroundings = SURROUNDINGS.formatted(
                server.directory().resolve("certificate.pem"), Office.PACKAGED.resolve("bin"), name);
        server.shell(surroundings + recipe).assertStatus(0);
    }

    private static Path published(String name, String file) {
        return office.work().resolve(name + "/repository/" + file);
    }

    private static void assertPublished(String name) throws IOException {
        assertEquals("built by %s\n".formatted(name), Files.readString(published(name, "app.zip")));
        assertTrue(Files.exists(published(name, "app.zip.asc")));
        run(name, blocks("sh").getLast());
        assertTrue(Files.exists(office.work().resolve(name + "/install/app.zip.asc")));
    }

    @Test
    void github() throws IOException {
        run("github", only(STEP, blocks("yaml")).indent(-6));
        assertPublished("github");
        assertTrue(Files.exists(published("github", "app.zip.release.intoto.sigstore.json")));
    }

    @Test
    void gitlab() throws IOException {
        run("gitlab", only(SCRIPT, blocks("yaml")).replaceAll("(?m)^ *- ", ""));
        assertPublished("gitlab");
    }

    @Test
    void jenkins() throws IOException {
        run("jenkins", only(JENKINS, blocks("groovy")).indent(-8));
        assertPublished("jenkins");
    }

    @Test
    void curlAndOpenssl() throws IOException {
        run("curl", "mv ../release.pem keyring/release.pem\n" + blocks("sh").getFirst());
        assertTrue(Files.size(office.work().resolve("curl/dist/app.zip.raw.sig")) > 0);
    }
}
