// SPDX-License-Identifier: Apache-2.0
package dev.chancery.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.chancery.core.MalformedException;
import dev.chancery.json.Json;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// Properties that hold for every requirement, over generated ones.
class RequirementPropertyTest {
    private static final int ROUNDS = 5_000 * Integer.getInteger("rounds", 1);

    private final Random random = new Random(20_261_121);

    /// The definition once more, as plainly as can be.
    private static boolean holds(Requirement requirement, Set<SignedBy> signed) {
        return switch (requirement) {
            case Requirement.Signed one -> {
                boolean found = false;
                for (SignedBy by : signed) {
                    found |= by.authority().equals(one.authority())
                            && by.predicate().isEmpty()
                            && (one.formats().isEmpty() || one.formats().contains(by.format()));
                }
                yield found;
            }
            case Requirement.Stated stated ->
                signed.contains(Samples.stated(
                        stated.authority().name(), stated.params().getOrDefault("job", "")));
            case Requirement.AtLeast list -> {
                int count = 0;
                for (Requirement entry : list.of()) {
                    count += holds(entry, signed) ? 1 : 0;
                }
                yield count >= list.count();
            }
        };
    }

    @Test
    void holdsByDefinition() {
        int held = 0;
        for (int round = 0; round < ROUNDS; round++) {
            Requirement requirement = Samples.requirement(random, 4);
            Set<SignedBy> signed = Samples.signed(random);
            assertEquals(holds(requirement, signed), requirement.holds(signed), requirement::words);
            held += requirement.holds(signed) ? 1 : 0;
        }
        assertTrue(held > ROUNDS / 20 && held < ROUNDS - ROUNDS / 20, "both verdicts occur: " + held);
    }

    @Test
    void anotherSignatureNeverTurnsYesIntoNo() {
        for (int round = 0; round < ROUNDS; round++) {
            Requirement requirement = Samples.requirement(random, 4);
            var signed = new HashSet<SignedBy>();
            boolean before = false;
            var all = new ArrayList<>(Samples.signed(random));
            Collections.shuffle(all, random);
            for (SignedBy one : all) {
                signed.add(one);
                boolean after = requirement.holds(signed);
                assertTrue(after || !before, requirement::words);
                before = after;
            }
        }
    }

    @Test
    void whoeverFulfilsWhatIsMissingFulfilsTheWhole() {
        for (int round = 0; round < ROUNDS; round++) {
            Requirement requirement = Samples.requirement(random, 4);
            Set<SignedBy> first = Samples.signed(random);
            Set<SignedBy> second = Samples.signed(random);
            var both = new HashSet<>(first);
            both.addAll(second);
            boolean rest = requirement.missing(first).map(r -> r.holds(second)).orElse(true);
            assertEquals(requirement.holds(both), rest, requirement::words);
        }
    }

    @Test
    void signaturesThatItDoesNotMentionChangeNothing() {
        for (int round = 0; round < ROUNDS; round++) {
            Requirement requirement = Samples.requirement(random, 4);
            Set<SignedBy> signed = Samples.signed(random);
            var mentioned = new HashSet<>(signed);
            mentioned.removeIf(by -> !requirement.mentions(by));
            assertEquals(requirement.missing(signed), requirement.missing(mentioned), requirement::words);
            assertTrue(
                    mentioned.stream().allMatch(by -> requirement.authorities().contains(by.authority())));
        }
    }

    /// One signer alone never fulfils what asks for two different ones.
    @Test
    void oneAuthorityAloneIsNeverTwo() {
        int thresholds = 0;
        for (int round = 0; round < ROUNDS; round++) {
            Requirement requirement = Samples.requirement(random, 3);
            if (requirement instanceof Requirement.AtLeast list
                    && list.count() > 1
                    && list.count() < list.of().size()) {
                thresholds++;
                for (String name : Samples.AUTHORITIES) {
                    assertTrue(!requirement.holds(Samples.signed(name, name + "/raw")), requirement::words);
                }
            }
        }
        assertTrue(thresholds > ROUNDS / 100, "they occur: " + thresholds);
    }

    @Test
    void jsonReadsBack() {
        for (int round = 0; round < ROUNDS; round++) {
            Requirement requirement = Samples.requirement(random, 5);
            var json = Json.parse(Samples.bytes(requirement.toJson().pretty()), "require");
            assertEquals(requirement, RequirementJson.read(json));
        }
    }

    @Test
    void textOfTheCommandLineReadsBack() {
        for (int round = 0; round < ROUNDS; round++) {
            var names = new ArrayList<>(Samples.AUTHORITIES);
            Collections.shuffle(names, random);
            List<String> some = names.subList(0, 1 + random.nextInt(names.size()));
            int count = 1 + random.nextInt(some.size());
            var read = (Requirement.AtLeast) Requirement.parse(count + ":" + String.join(",", some));
            assertEquals(count, read.count());
            assertEquals(some, read.of().stream().map(Requirement::words).toList());
        }
    }

    @Test
    void anyTextIsARequirementOrMalformed() {
        String letters = "0129:,,qade-. :\u0000\u202e\ud800é";
        for (int round = 0; round < ROUNDS; round++) {
            var text = new StringBuilder();
            for (int i = random.nextInt(10); i > 0; i--) {
                text.append(letters.charAt(random.nextInt(letters.length())));
            }
            try {
                Requirement.parse(text.toString()).words();
            } catch (MalformedException e) {
                assertTrue(e.sentence().startsWith("requirement \""), e.sentence());
            }
        }
    }
}
