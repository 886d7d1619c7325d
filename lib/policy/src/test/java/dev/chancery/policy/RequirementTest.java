// SPDX-License-Identifier: Apache-2.0
package dev.chancery.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.chancery.core.FormatName;
import dev.chancery.core.MalformedException;
import java.util.HashSet;
import java.util.List;
import java.util.StringJoiner;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RequirementTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "jenkins-prd             | \"jenkins-prd\"",
                "1:qa                    | {\"all\":[\"qa\"]}",
                "1:qa,dev                | {\"any\":[\"qa\",\"dev\"]}",
                "2:qa,dev                | {\"all\":[\"qa\",\"dev\"]}",
                "2:qa,security,release   | {\"at_least\":2,\"of\":[\"qa\",\"security\",\"release\"]}",
            })
    void readsTheFormOfTheCommandLine(String text, String json) {
        assertEquals(json, Requirement.parse(text).toJson().line());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "``           | requirement \"\": authority \"\" is empty",
                "qa,dev       | requirement \"qa,dev\": several names need a count in front, "
                        + "such as \"2:qa,security,release\"",
                "2:           | requirement \"2:\": authority \"\" is empty",
                "1:qa,        | requirement \"1:qa,\": authority \"\" is empty",
                "1:,qa        | requirement \"1:,qa\": authority \"\" is empty",
                ":qa          | requirement \":qa\": count \"\" is not a number from 1 to the number of names",
                "0:qa         | requirement \"0:qa\": count \"0\" is not a number from 1 to the number of names",
                "01:qa        | requirement \"01:qa\": count \"01\" is not a number from 1 to the number of names",
                "+1:qa        | requirement \"+1:qa\": count \"+1\" is not a number from 1 to the number of names",
                "-1:qa        | requirement \"-1:qa\": count \"-1\" is not a number from 1 to the number of names",
                "١:qa         | requirement \"١:qa\": count \"١\" is not a number from 1 to the number of names",
                "100:qa       | requirement \"100:qa\": count \"100\" is not a number from 1 to the number of names",
                "3:qa,dev     | requirement \"3:qa,dev\": 3 of 2 is not 1 to 2",
                "1:qa,dev,qa  | requirement \"1:qa,dev,qa\": qa stands in one list twice",
            })
    void refusesOtherForms(String text, String sentence) {
        MalformedException e = assertThrows(MalformedException.class, () -> Requirement.parse(text));
        assertEquals(sentence, e.sentence());
    }

    @ParameterizedTest
    @CsvSource({
        "'2: qa,dev'",
        "'2:qa, dev'",
        "' qa'",
        "2:qa:dev",
        "2:2:qa",
        "QA",
        "'2:qa;dev'",
        "'qa\u0000'",
        "'\u202eqa'"
    })
    void refusesStrangeCharacters(String text) {
        assertThrows(MalformedException.class, () -> Requirement.parse(text));
    }

    @Test
    void textLengthIsBoundedBeforeItIsRead() {
        String most = "64:" + names(64, "a".repeat(61));
        assertEquals(RequirementText.CHARACTERS_MAX, most.length());
        assertEquals(64, Requirement.parse(most).authorities().size());
        String sentence = assertThrows(MalformedException.class, () -> Requirement.parse(most + "a"))
                .sentence();
        assertTrue(sentence.endsWith("has 4163 characters, more than 4162"), sentence);
    }

    @Test
    void entriesInOneList() {
        assertEquals(64, Requirement.parse("64:" + names(64, "a")).authorities().size());
        MalformedException e = assertThrows(MalformedException.class, () -> Requirement.parse("1:" + names(65, "a")));
        assertTrue(e.sentence().endsWith("65 entries in one list are not 1 to 64"), e.sentence());
        assertThrows(MalformedException.class, () -> new Requirement.AtLeast(1, List.of()));
        assertThrows(MalformedException.class, () -> Requirement.all(List.of()));
    }

    @Test
    void depth() {
        Requirement deepest = Requirement.parse("qa");
        for (int i = 0; i < Requirement.DEPTH_MAX; i++) {
            deepest = new Requirement.AtLeast(1, List.of(deepest));
        }
        List<Requirement> tooDeep = List.of(deepest);
        assertEquals(Requirement.DEPTH_MAX, deepest.depth());
        assertThrows(MalformedException.class, () -> new Requirement.AtLeast(1, tooDeep));
    }

    @Test
    void formatsOfOneAuthority() {
        var formats = new HashSet<FormatName>();
        for (int i = 0; i < Requirement.Signed.FORMATS_MAX; i++) {
            formats.add(new FormatName("f" + i));
        }
        assertEquals(
                16,
                new Requirement.Signed(Samples.authority("qa"), formats)
                        .formats()
                        .size());
        formats.add(new FormatName("f16"));
        assertThrows(MalformedException.class, () -> new Requirement.Signed(Samples.authority("qa"), formats));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "'qa'                                                   | qa",
                "{'authority':'qa','formats':['raw','openpgp']}         | qa (as openpgp or raw)",
                "{'all':['jenkins-prd','qa']}                           | jenkins-prd and qa",
                "{'any':['qa','dev','legal']}                           | qa or dev or legal",
                "{'at_least':2,'of':['qa','security','release']}        | 2 of (qa, security, release)",
                "{'all':['qa',{'at_least':2,'of':['qa','dev','legal']}]} | qa and 2 of (qa, dev, legal)",
                "{'all':['qa',{'any':['dev',{'all':['legal','release']}]}]} | qa and (dev or (legal and release))",
                "{'any':[{'all':['qa']},{'all':[{'any':['dev','legal']}]}]} | qa or (dev or legal)",
            })
    void words(String json, String words) {
        assertEquals(words, Samples.requirement(json).words());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            nullValues = "-",
            value = {
                "'qa'                                            | ''              | qa",
                "'qa'                                            | dev             | qa",
                "'qa'                                            | qa              | -",
                "'qa'                                            | qa/raw          | -",
                "{'authority':'qa','formats':['raw']}            | qa              | qa (as raw)",
                "{'authority':'qa','formats':['raw']}            | qa qa/raw       | -",
                "{'at_least':2,'of':['qa','security','release']} | ''              | 2 of (qa, security, release)",
                "{'at_least':2,'of':['qa','security','release']} | qa              | security or release",
                "{'at_least':2,'of':['qa','security','release']} | qa qa/raw       | security or release",
                "{'at_least':2,'of':['qa','security','release']} | qa release      | -",
                "{'at_least':2,'of':['qa','security','release']} | dev legal       | 2 of (qa, security, release)",
                "{'all':['qa',{'any':['dev','legal']}]}          | qa              | dev or legal",
                "{'all':['qa',{'any':['dev','legal']}]}          | dev             | qa",
                "{'any':['security',{'all':['qa','security']}]}  | qa              | security or security",
                "{'all':['qa',{'at_least':2,'of':['qa','dev','legal']}]} | qa     | dev or legal",
            })
    void tellsWhatIsMissing(String json, String signers, String words) {
        var signed = signers.equals("''") ? Samples.signed() : Samples.signed(signers.split(" "));
        assertEquals(
                words,
                Samples.requirement(json)
                        .missing(signed)
                        .map(Requirement::words)
                        .orElse(null));
    }

    /// An authority that could count as two parties of the k is refused; where it cannot, it may stand twice.
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'at_least':2,'of':['qa',{'any':['qa','dev']},'release']} | require: qa stands in two entries "
                        + "of which 2 of 3 must hold, and could count twice",
                "{'at_least':2,'of':['qa','qa','release']} | require: qa stands in one list twice",
                "{'any':['qa','qa']}                       | require.any: qa stands in one list twice",
                "{'all':['qa',{'authority':'qa','formats':['raw']}]} | require.all: qa stands in one list twice",
            })
    void countsAnAuthorityOnce(String json, String sentence) {
        MalformedException e = assertThrows(MalformedException.class, () -> Samples.requirement(json));
        assertEquals(sentence, e.sentence());
    }

    private static String names(int count, String stem) {
        var names = new StringJoiner(",");
        for (int i = 0; i < count; i++) {
            names.add(stem + (100 + i));
        }
        return names.toString();
    }
}
