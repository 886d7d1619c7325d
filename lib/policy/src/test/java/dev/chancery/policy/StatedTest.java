// SPDX-License-Identifier: Apache-2.0
package dev.chancery.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.chancery.core.FormatName;
import dev.chancery.core.MalformedException;
import dev.chancery.core.Predicate;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What an authority must have stated.
class StatedTest {
    private static final String TYPE = "https://example.com/tests";
    private static final FormatName STATEMENT = new FormatName("statement");

    private static SignedBy stated(String authority, String type, Map<String, String> values) {
        var said = new Predicate(type, new TreeMap<>(values));
        return new SignedBy(Samples.authority(authority), STATEMENT, Optional.of(said));
    }

    private static Requirement requirement(String json) {
        return Samples.requirement(json);
    }

    /// A statement may say "failed", so that there is one is no signature.
    @Test
    void aStatementIsNoSignature() {
        var stated = Set.of(stated("qa", TYPE, Map.of("/result", "failed")));
        assertFalse(Requirement.parse("qa").holds(stated));
        assertFalse(Requirement.parse("1:qa,release").holds(stated));
        assertTrue(Requirement.parse("qa").holds(Samples.signed("qa")));
    }

    @Test
    void aSignatureIsNoStatement() {
        var requirement = requirement("{'authority':'qa','predicate_type':'" + TYPE + "'}");
        assertFalse(requirement.holds(Samples.signed("qa", "qa/statement")));
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            value = {
                "{'job':'42'}, true",
                "{'job':'42';'branch':'main'}, true",
                "{'job':'43'}, false",
                "{'job':''}, false",
                "{'jobs':'42'}, false",
                "{'/job':'42'}, true",
                "{'/deep/0/x':'true'}, true",
                "{'deep/0/x':'true'}, false",
                "{'a/b':'c'}, true",
                "{'/a~1b':'c'}, true",
                "{'a~1b':'c'}, false",
                "{}, true",
            })
    void everyParameterHasToStandThere(String params, boolean holds) {
        var values = Map.of("/job", "42", "/branch", "main", "/deep/0/x", "true", "/a~1b", "c");
        var requirement = requirement(
                "{'authority':'qa','predicate_type':'" + TYPE + "','params':" + params.replace(';', ',') + "}");
        assertEquals(holds, requirement.holds(Set.of(stated("qa", TYPE, values))));
        assertFalse(requirement.holds(Set.of(stated("qa", TYPE + "/v2", values))));
        assertFalse(requirement.holds(Set.of(stated("release", TYPE, values))));
    }

    /// Half in one statement and half in another is not what was asked for.
    @Test
    void oneStatementSaysItAll() {
        var requirement = requirement("{'authority':'qa','params':{'job':'42','branch':'main'}}");
        var halves = new HashSet<SignedBy>();
        halves.add(stated("qa", Predicate.PARAMETERS, Map.of("/job", "42", "/branch", "next")));
        halves.add(stated("qa", Predicate.PARAMETERS, Map.of("/job", "41", "/branch", "main")));
        assertFalse(requirement.holds(halves));
        halves.add(stated("qa", Predicate.PARAMETERS, Map.of("/job", "42", "/branch", "main")));
        assertTrue(requirement.holds(halves));
    }

    @Test
    void aRequirementThatStatesInsteadOfSigning() {
        SortedMap<String, String> params = new TreeMap<>(Map.of("job", "42"));
        var requirement = Requirement.parse("2:qa,security,release").stating(TYPE, params);
        assertEquals(
                "2 of (qa (stating \"https://example.com/tests\", \"job\" = \"42\"), security (stating"
                        + " \"https://example.com/tests\", \"job\" = \"42\"), release (stating"
                        + " \"https://example.com/tests\", \"job\" = \"42\"))",
                requirement.words());
        var one = stated("qa", TYPE, Map.of("/job", "42"));
        assertFalse(requirement.holds(Set.of(one)));
        assertTrue(requirement.holds(Set.of(one, stated("release", TYPE, Map.of("/job", "42", "/more", "x")))));
    }

    @Test
    void theFormOfThePolicyFileIsReadBack() {
        var requirement = requirement(
                "{'all':['qa',{'authority':'qa','predicate_type':'" + TYPE + "','params':{'/a/b':'x','job':'42'}}]}");
        assertEquals(requirement, requirement(requirement.toJson().line()));
        var words = requirement("{'authority':'qa','params':{}}");
        assertEquals(requirement("{'authority':'qa','predicate_type':'" + Predicate.PARAMETERS + "'}"), words);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'authority':'qa','formats':['statement']} | a statement counts by what it says: predicate_type",
                "{'authority':'qa','predicate_type':'tests'} | predicate type \"tests\" is not a URI",
                "{'authority':'qa','params':['x']} | require.params is an array, not an object",
                "{'authority':'qa','params':{'x':1}} | require.params.x is the number 1, not a text",
                "{'authority':'qa','params':{'':'1'}} | the name of a parameter is empty",
                "{'authority':'qa','params':{},'formats':['raw']} | require.formats is not known here",
            })
    void oneFaultEach(String json, String sentence) {
        var e = assertThrows(MalformedException.class, () -> requirement(json));
        assertTrue(e.sentence().contains(sentence), e.sentence());
    }

    @Test
    void parametersUpToTheirLimit() {
        var params = new TreeMap<String, String>();
        for (int i = 0; i < Requirement.Stated.PARAMS_MAX; i++) {
            params.put("p" + i, "x");
        }
        new Requirement.Stated(Samples.authority("qa"), TYPE, params);
        params.put("more", "x");
        assertThrows(MalformedException.class, () -> new Requirement.Stated(Samples.authority("qa"), TYPE, params));
    }
}
