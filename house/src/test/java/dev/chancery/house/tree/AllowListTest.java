// SPDX-License-Identifier: Apache-2.0
package dev.chancery.house.tree;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class AllowListTest {

    private static final Tree GUILTY = Tree.guilty("allowed");

    @Test
    void excusesWhatItNamesAndCondemnsGrowthAndSlack() {
        var verdict = new Verdict(
                7, List.of(lines("Needed", 450), lines("Grown", 451), lines("Shrunk", 449), lines("Other", 450)));
        var left = AllowList.read(GUILTY, "allowed.txt").excuse(verdict);
        left.requireGuilty(
                "lib/core/Grown.java: too long",
                "lib/core/Other.java: too long",
                "lib/core/Shrunk.java\" allows 450 and only 449 is needed",
                "lib/core/Healed.java\" is within its budget now: delete the entry");
        assertEquals(7, left.examined());
    }

    @Test
    void anEntryGivesItsReason() {
        assertCondemned("unreasoned.txt", "gives no reason");
        assertCondemned("shapeless.txt", "is not of the form");
    }

    private static void assertCondemned(String file, String complaint) {
        var error = assertThrows(AssertionError.class, () -> AllowList.read(GUILTY, file));
        assertTrue(error.toString().contains(complaint), error.toString());
    }

    private static Breach lines(String type, int measure) {
        return new Breach("file-lines", "lib/core/" + type + ".java", measure, "too long");
    }
}
