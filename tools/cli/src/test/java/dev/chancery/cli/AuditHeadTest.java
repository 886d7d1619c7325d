// SPDX-License-Identifier: Apache-2.0
package dev.chancery.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// The head of an audit chain, kept in another place, finds what the chain alone cannot show.
class AuditHeadTest {
    private static final String FILE = ".chancery/audit.jsonl";

    private final Session session;
    private String head = "";

    AuditHeadTest() throws IOException {
        session = new Session();
    }

    @BeforeEach
    void twoSignatures() throws Exception {
        run("chancery init");
        run("chancery authority add qa --format raw");
        run("echo hello > app.jar");
        run("chancery sign app.jar --as qa");
        run("chancery sign app.jar --as qa --force");
        head = headOf(run("chancery audit verify"));
        assertTrue(head.startsWith("2:"), head);
    }

    @AfterEach
    void clear() throws IOException {
        session.clear();
    }

    private List<String> run(String line) throws Exception {
        return session.run(line);
    }

    private static String headOf(List<String> answer) {
        assertTrue(answer.getFirst().startsWith("WHOLE "), answer.toString());
        return answer.getLast().substring("head ".length());
    }

    @Test
    void aChainThatWentOnStillHasTheHead() throws Exception {
        run("chancery sign app.jar --as qa --force");
        String grown = headOf(run("chancery audit verify --head " + head));
        assertTrue(grown.startsWith("3:"), grown);
    }

    @Test
    void anEndThatWasCutOffIsFound() throws Exception {
        run("head -1 " + FILE + " > cut; mv cut " + FILE);
        headOf(run("chancery audit verify"));
        var answer = run("chancery audit verify --head " + head);
        assertTrue(answer.getFirst().contains("does not have line " + head), answer.toString());
        assertEquals("? 1", answer.getLast());
    }

    @Test
    void aChainThatWasBegunAnewIsFound() throws Exception {
        run("rm " + FILE);
        run("echo other > app.jar");
        run("chancery sign app.jar --as qa --force");
        run("chancery sign app.jar --as qa --force");
        assertTrue(headOf(run("chancery audit verify")).startsWith("2:"));
        var answer = run("chancery audit verify --json --head " + head);
        assertTrue(answer.contains("  \"whole\": false,"), answer.toString());
        assertEquals("? 1", answer.getLast());
    }
}
