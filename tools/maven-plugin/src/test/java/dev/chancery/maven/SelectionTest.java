// SPDX-License-Identifier: Apache-2.0
package dev.chancery.maven;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.apache.maven.artifact.DefaultArtifact;
import org.apache.maven.artifact.handler.DefaultArtifactHandler;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SelectionTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                            |                 | org.example:thing  | true
        org.example         |                 | org.example:thing  | true
        org.example         |                 | org.example.a:thing| false
        org.example*        |                 | org.example.a:thing| true
        org.example         |                 | org_example:thing  | false
        org.example:th*     |                 | org.example:thing  | true
        org.example:th      |                 | org.example:thing  | false
        *:thing             |                 | com.any:thing      | true
                            | org.example     | org.example:thing  | false
        org.*               | org.example:x   | org.example:thing  | true
        org.*               | *:thing         | org.example:thing  | false
        """)
    void patternsSayWhichDependencies(String includes, String excludes, String name, boolean holds) {
        var words = List.of(name.split(":", -1));
        var artifact = new DefaultArtifact(
                words.get(0), words.get(1), "1", "compile", "jar", null, new DefaultArtifactHandler("jar"));
        assertEquals(holds, Selection.of(list(includes), list(excludes)).holds(artifact));
    }

    private static List<String> list(String text) {
        return text == null ? List.of() : List.of(text);
    }
}
