// SPDX-License-Identifier: Apache-2.0
package dev.chancery.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.chancery.core.MalformedException;
import dev.chancery.note.NoteText;
import dev.chancery.note.SampleSigners;
import dev.chancery.note.VerifierKey;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LogPolicyTest {
    /// C2SP `tlog-policy`, "Example policy", with keys.
    private static final String EXAMPLE = """
            log LOG
            # a comment, and an empty line

            witness X1 KEY(X1)
            witness X2 KEY(X2)
            witness X3 KEY(X3) https://x3.example/submit
            group X-witnesses 2 X1 X2 X3

            witness Y1 KEY(Y1)
            \t witness \tY2\tKEY(Y2)\t
            witness Y3 KEY(Y3)
            group Y-witnesses any Y1 Y2 Y3

            group X-and-Y all X-witnesses Y-witnesses
            quorum X-and-Y
            """;

    private static LogPolicy parse(String text) {
        var keyed = new StringBuilder();
        var matcher = Pattern.compile("KEY\\((\\w+)\\)").matcher(text.replace("LOG", log().toString()));
        while (matcher.find()) {
            matcher.appendReplacement(
                    keyed, Matcher.quoteReplacement(witness(matcher.group(1)).toString()));
        }
        return LogPolicy.parse(NoteText.bytes(matcher.appendTail(keyed).toString()));
    }

    private static VerifierKey log() {
        return SampleSigners.log("log.example").key();
    }

    private static VerifierKey witness(String name) {
        return SampleSigners.witness(name).key();
    }

    @ParameterizedTest
    @CsvSource({
        "X1 X2 Y1,true",
        "X1 X3 Y3,true",
        "X1 X2 X3 Y1 Y2 Y3,true",
        "X1 Y1,false",
        "X1 X2 X3,false",
        "X1 Y1 Y2 Y3,false",
        "Z1,false",
        "Z1 Z2 Z3,false"
    })
    void theStandardsExample(String cosigners, boolean enough) {
        var keys =
                Arrays.stream(cosigners.split(" ")).map(LogPolicyTest::witness).collect(Collectors.toSet());
        assertEquals(enough, parse(EXAMPLE).quorum().isMetBy(keys));
    }

    @Test
    void aPolicyReadsBack() {
        var policy = parse(EXAMPLE);
        assertEquals(log(), policy.logs().getFirst().key());
        assertEquals(6, policy.witnesses().size());
        assertEquals(
                Optional.of("https://x3.example/submit"),
                policy.witnesses().get(2).url());
        var again = LogPolicy.parse(policy.write());
        assertEquals(policy.write(), again.write());
        assertEquals(policy.quorum(), again.quorum());
    }

    @Test
    void aPolicyWithoutWitnesses() {
        var policy = LogPolicy.ofLog(log());
        assertTrue(policy.quorum().isMetBy(Set.of()));
        assertEquals(policy.write(), LogPolicy.parse(policy.write()).write());
        assertFalse(parse("witness a KEY(a)\nquorum a\n").quorum().isMetBy(Set.of()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "quorum none",
                "log LOG\n",
                "log\nquorum none\n",
                "log LOG a b\nquorum none\n",
                "log LOG\nlog LOG\nquorum none\n",
                "log KEY(a)\nquorum none\n",
                "witness a LOG\nquorum a\n",
                "witness a KEY(a)\nwitness b KEY(a)\nquorum a\n",
                "witness a KEY(a)\nwitness a KEY(b)\nquorum a\n",
                "witness none KEY(a)\nquorum none\n",
                "witness a KEY(a)\nquorum b\n",
                "quorum a\nwitness a KEY(a)\n",
                "quorum none\nquorum none\n",
                "quorum none none\n",
                "quorum\n",
                "group g all\nquorum g\n",
                "group g all none\nquorum g\n",
                "group g all g\nquorum g\n",
                "witness a KEY(a)\ngroup g 0 a\nquorum g\n",
                "witness a KEY(a)\ngroup g 2 a\nquorum g\n",
                "witness a KEY(a)\ngroup g 01 a\nquorum g\n",
                "witness a KEY(a)\ngroup g some a\nquorum g\n",
                "witness a KEY(a)\ngroup g 1 a a\nquorum g\n",
                "witness a KEY(a)\ngroup g 1 a\ngroup h 1 a\nquorum g\n",
                "witness a KEY(a)\ngroup a 1 a\nquorum a\n",
                "group g 1 a\nwitness a KEY(a)\nquorum g\n",
                "Quorum none\n",
                "quorum\u00a0none\n",
                "quorum none\r\n",
                "quorum none\n\u007f\n",
                "quorum none\n\u0001\n"
            })
    void whatIsNoPolicy(String text) {
        assertThrows(MalformedException.class, () -> parse(text));
    }

    @Test
    void anErrorNamesTheLine() {
        var fault = assertThrows(MalformedException.class, () -> parse("log LOG\n\ngroup g 1 a\nquorum g\n"));
        assertEquals(
                "log policy's line 3: name \"a\" is no witness or group of a line before this one", fault.sentence());
    }

    @Test
    void limitsOfAPolicy() {
        var lines = new StringBuilder();
        for (int i = 0; i < LogPolicy.LINES_MAX; i++) {
            lines.append("log %s\n".formatted(SampleSigners.log("log" + i).key()));
            lines.append("witness w%d %s\n".formatted(i, witness("w" + i)));
            lines.append("group g%d 1 w%d\n".formatted(i, i));
        }
        assertEquals(
                LogPolicy.LINES_MAX, parse(lines + "quorum g0\n").witnesses().size());
        for (String more : new String[] {
            "log LOG\n", "witness more KEY(more)\n", "group gg any g0 g1\n",
        }) {
            assertThrows(MalformedException.class, () -> parse(lines + more + "quorum g0\n"));
        }
        String none = "quorum none\n";
        String most = none + "#".repeat(LogPolicy.BYTES_MAX - none.length() - 1) + "\n";
        assertEquals(0, parse(most).logs().size());
        assertThrows(MalformedException.class, () -> parse("\n" + most));
    }
}
