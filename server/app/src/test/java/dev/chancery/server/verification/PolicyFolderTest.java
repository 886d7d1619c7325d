// SPDX-License-Identifier: Apache-2.0
package dev.chancery.server.verification;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.chancery.core.MalformedException;
import dev.chancery.core.UnavailableException;
import dev.chancery.policy.Label;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PolicyFolderTest {
    private static final String POLICY = """
            {"version": 1, "name": "%s", "description": "%s", "rules": [{"artifacts": ["*"], "require": "qa"}]}
            """;

    @TempDir
    private Path folder;

    private void policy(String file, String name, String description) throws IOException {
        Files.writeString(folder.resolve(file), POLICY.formatted(name, description));
    }

    private String complaint() {
        return assertThrows(MalformedException.class, () -> PolicyFolder.read(folder))
                .sentence();
    }

    @Test
    void hasEachPolicyUnderItsNameAndLeavesOtherFilesAlone() throws IOException {
        policy("release.json", "release", "");
        policy("a.b-1.json", "a.b-1", "");
        Files.writeString(folder.resolve("README"), "not a policy");
        Files.writeString(folder.resolve(".release.json"), "being written");
        Files.writeString(folder.resolve("release.json~"), "what an editor left");
        var read = PolicyFolder.read(folder);
        assertEquals(
                List.of("a.b-1", "release"),
                read.all().stream().map(policy -> policy.name().text()).toList());
        assertEquals(
                Files.readString(folder.resolve("release.json")),
                new String(
                        read.get(new Label("release")).orElseThrow().file().toArray(),
                        java.nio.charset.StandardCharsets.UTF_8));
        assertTrue(read.get(new Label("nightly")).isEmpty());
    }

    @Test
    void isEmptyWhereTheFolderIs() {
        assertTrue(PolicyFolder.read(folder).all().isEmpty());
        assertTrue(PolicyFolder.NONE.all().isEmpty());
    }

    @Test
    void aFolderThatIsNotThereIsSaid() {
        assertThrows(UnavailableException.class, () -> PolicyFolder.read(folder.resolve("away")));
    }

    @Test
    void anotherNameThanTheFilesIsMalformed() throws IOException {
        policy("release.json", "nightly", "");
        assertTrue(complaint().contains("its name is \"nightly\", so the file has to be nightly.json"), complaint());
    }

    @Test
    void aWrongPolicyIsSaidWithItsFile() throws IOException {
        Files.writeString(folder.resolve("release.json"), "{\"version\": 2}");
        assertTrue(complaint().contains("release.json: policy.version is 2"), complaint());
    }

    @Test
    void takesAsManyAsTheLimitAndNotOneMore() throws IOException {
        for (int i = 1; i <= PolicyFolder.POLICIES_MAX; i++) {
            policy("p%d.json".formatted(i), "p" + i, "");
        }
        assertEquals(PolicyFolder.POLICIES_MAX, PolicyFolder.read(folder).all().size());
        policy("one-more.json", "one-more", "");
        assertTrue(complaint().contains("257 policies"), complaint());
    }

    @Test
    void takesAsManyBytesAsTheLimitAndNotOneMore() throws IOException {
        int quarter = PolicyFolder.BYTES_MAX / 4;
        for (int i = 1; i <= 4; i++) {
            String name = "p" + i;
            String text = POLICY.formatted(name, "");
            Files.writeString(folder.resolve(name + ".json"), text + " ".repeat(quarter - text.length()));
        }
        assertEquals(4, PolicyFolder.read(folder).all().size());
        policy("one-more.json", "one-more", "");
        assertTrue(complaint().contains("5 policies"), complaint());
    }
}
