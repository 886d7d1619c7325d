// SPDX-License-Identifier: Apache-2.0
package dev.chancery.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.chancery.core.ArtifactName;
import dev.chancery.core.Bytes;
import dev.chancery.core.MalformedException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The examples of `docs/policies.md` are true.
class PoliciesPageTest {
    private static final int PRODUCTION = 0;
    private static final int TESTED_BUILDS = 1;
    private static final int QA_AND_ONE_MORE = 2;
    private static final int ANSWER = 3;
    private static final int RULES = 4;

    private static String page = "";
    private static final List<String> EXAMPLES = new ArrayList<>();

    @BeforeAll
    static void read() throws IOException {
        page = Files.readString(Path.of("../../docs/policies.md"));
        String fence = "```json\n";
        for (int at = page.indexOf(fence); at >= 0; at = page.indexOf(fence, at + 1)) {
            EXAMPLES.add(page.substring(at + fence.length(), page.indexOf("```\n", at + 1)));
        }
        assertEquals(5, EXAMPLES.size());
    }

    @Test
    void policiesRead() {
        VerificationPolicy production = policy(PRODUCTION);
        assertEquals(
                3,
                production
                        .judge(new ArtifactName("core-1.rpm"), Samples.signed())
                        .rules()
                        .size());
        assertEquals(
                1,
                production
                        .judge(new ArtifactName("notes.txt"), Samples.signed())
                        .rules()
                        .size());
        assertTrue(policy(QA_AND_ONE_MORE)
                .judge(new ArtifactName("x"), Samples.signed("qa", "release"))
                .accepted());
        assertTrue(!policy(QA_AND_ONE_MORE)
                .judge(new ArtifactName("x"), Samples.signed("security", "release"))
                .accepted());
    }

    @Test
    void statementsAreAskedWhatTheySay() {
        var missing = policy(TESTED_BUILDS)
                .judge(new ArtifactName("x"), Samples.signed("release", "jenkins-prd", "qa"))
                .missing();
        assertEquals(
                "jenkins-prd (stating \"https://slsa.dev/provenance/v1\", \"/runDetails/builder/id\" ="
                        + " \"https://jenkins.example.com/\") and qa (stating"
                        + " \"https://chancery.dev/attestation/parameters/v1\", \"result\" = \"passed\")",
                missing.getFirst().words());
    }

    @Test
    void answer() {
        Judgement judgement =
                policy(PRODUCTION).judge(new ArtifactName("core-1.rpm"), Samples.signed("jenkins-prd", "qa"));
        assertEquals(EXAMPLES.get(ANSWER), judgement.toJson().pretty());
        assertTrue(page.contains("`" + judgement.sentence() + "`"), judgement.sentence());
    }

    @Test
    void rulesRead() {
        assertEquals(1, SigningRules.parse(example(RULES)).rules().size());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "\"core-*\"],                          | \"core-*\"], \"colour\": \"red\",",
                "\"version\": 1                        | \"version\": 2",
                "\"jenkins-prd\"   | {\"at_least\": 4, \"of\": [\"qa\", \"security\"]}",
                "\"jenkins-prd\"   | {\"any\": [\"qa\", \"qa\"]}",
                "\"jenkins-prd\"   | {\"all\": []}",
                "\"artifacts\": [\"*\"]                | \"artifacts\": [\"lib[0-9].so\"]",
                "\"description\"                       | \"name\"",
            })
    void errorsOfPolicies(String part, String instead) {
        saysWhatThePageSays(EXAMPLES.get(PRODUCTION).replace(part, instead), VerificationPolicy::parse);
    }

    @Test
    void errorsOfRules() {
        saysWhatThePageSays(EXAMPLES.get(RULES).replace("4294967296", "1e9"), SigningRules::parse);
    }

    private static void saysWhatThePageSays(String text, Consumer<Bytes> parse) {
        MalformedException e = assertThrows(MalformedException.class, () -> parse.accept(Samples.bytes(text)));
        assertTrue(page.contains("| `" + e.sentence() + "` |"), e.sentence());
    }

    private static VerificationPolicy policy(int example) {
        return VerificationPolicy.parse(example(example));
    }

    private static Bytes example(int example) {
        return Samples.bytes(EXAMPLES.get(example));
    }
}
