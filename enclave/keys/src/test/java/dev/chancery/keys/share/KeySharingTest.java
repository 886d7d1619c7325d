// SPDX-License-Identifier: Apache-2.0
package dev.chancery.keys.share;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.chancery.core.Bytes;
import dev.chancery.core.MalformedException;
import dev.chancery.core.RefusedException;
import dev.chancery.keys.handle.SecretBytes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KeySharingTest {
    private final byte[] secret = Sample.secret();

    @ParameterizedTest
    @CsvSource({"2,2", "2,3", "3,5", "5,5"})
    void everyChoiceOfAsManyAsAreRequiredIsTheKeyAndMoreAreToo(int required, int all) {
        var shares = Sample.split(secret, required, all);
        assertEquals(all, shares.size());
        for (int choice = 0; choice < 1 << all; choice++) {
            var chosen = chosen(shares, choice);
            if (chosen.size() >= required) {
                assertArrayEquals(secret, joined(chosen));
                Collections.reverse(chosen);
                assertArrayEquals(secret, joined(chosen));
            }
        }
    }

    /// Sheets that a forger has say that fewer are required: all that is left to hold is the arithmetic.
    @ParameterizedTest
    @CsvSource({"3,3", "3,5", "4,6", "5,5"})
    void noChoiceOfOneFewerThanAreRequiredIsTheKeyThoughTheSheetsSayThatItIsEnough(int required, int all) {
        var shares = Sample.split(secret, required, all);
        var honest = shares.getFirst().set();
        var lying = new ShareSet(honest.key(), honest.name(), honest.made(), required - 1, honest.commitments());
        int choices = 0;
        for (int choice = 0; choice < 1 << all; choice++) {
            if (Integer.bitCount(choice) == required - 1) {
                var restated = chosen(shares, choice).stream()
                        .map(share -> new KeyShare(lying, share.number(), share.value()))
                        .toList();
                assertFalse(Arrays.equals(secret, joined(restated)));
                choices++;
            }
        }
        assertTrue(choices >= all, "every choice was tried");
    }

    private static List<KeyShare> chosen(List<KeyShare> shares, int choice) {
        var chosen = new ArrayList<KeyShare>();
        for (var share : shares) {
            if ((choice >> (share.number() - 1) & 1) == 1) {
                chosen.add(share);
            }
        }
        return chosen;
    }

    private static byte[] joined(List<KeyShare> shares) {
        return KeySharing.join(Sample.named(shares)).exposed();
    }

    /// Written without Bouncy Castle: at x = 0 the line through two points, in the field of AES.
    @Test
    void whoeverKnowsShamirsSchemeJoinsSharesWithoutUs() {
        var shares = Sample.split(secret, 2, 3);
        byte[] one = shares.get(0).value().exposed();
        byte[] three = shares.get(2).value().exposed();
        byte[] found = new byte[secret.length];
        for (int at = 0; at < found.length; at++) {
            // s = y1 * 3/(1+3) + y3 * 1/(1+3); plus is exclusive or.
            int left = times(times(one[at] & 0xff, 3), inverse(2));
            int right = times(three[at] & 0xff, inverse(2));
            found[at] = (byte) (left ^ right);
        }
        assertArrayEquals(secret, found);
    }

    private static int times(int a, int b) {
        int product = 0;
        for (int bit = 0; bit < 8; bit++) {
            product ^= (b >> bit & 1) * (a << bit);
        }
        for (int bit = 14; bit >= 8; bit--) {
            product ^= (product >> bit & 1) * (0x11b << (bit - 8));
        }
        return product;
    }

    private static int inverse(int a) {
        int candidate = 1;
        while (times(a, candidate) != 1) {
            candidate++;
        }
        return candidate;
    }

    @Test
    void noShareIsTheKeyAndTwoSetsOfOneKeyHaveNothingInCommon() {
        var first = Sample.split(secret, 2, 3);
        var second = Sample.split(secret, 2, 3);
        for (int index = 0; index < 3; index++) {
            byte[] value = first.get(index).value().exposed();
            assertFalse(Arrays.equals(secret, value));
            assertFalse(Arrays.equals(second.get(index).value().exposed(), value));
        }
        assertFalse(first.getFirst().set().name().equals(second.getFirst().set().name()));
    }

    @Test
    void fewerThanAreRequiredAreRefusedAndSaidToBeTooFew() {
        var shares = Sample.split(secret, 3, 5);
        refused(
                "share-missing",
                "3 of 5 shares are required, and 2 are here: share 1, share 4",
                shares.get(0),
                shares.get(3));
        refused("share-missing", "3 of 5 shares are required, and 1 is here: share 5", shares.get(4));
    }

    @Test
    void theSameShareTwiceIsRefusedAndNamed() {
        var shares = Sample.split(secret, 2, 3);
        refused("share-set", "share 2 is here twice: file 1, file 2", shares.get(1), shares.get(1));
    }

    @Test
    void sharesOfTwoSetsAreRefusedAndItIsSaidWhichBelongTogether() {
        var first = Sample.split(secret, 2, 3);
        var second = Sample.split(secret, 2, 3);
        refused(
                "share-set",
                "shares are of 2 different sets: file 1, file 3; file 2",
                first.get(0),
                second.get(1),
                first.get(2));
    }

    /// The forger makes his sheet right in itself; he cannot change what the other sheets say of it.
    @Test
    void aForgedShareIsRefusedAndToldFromTheOthers() {
        var shares = Sample.split(secret, 2, 3);
        var set = shares.getFirst().set();
        var value = SecretBytes.owning(Sample.secret());
        var commitments = new ArrayList<>(set.commitments());
        commitments.set(1, ShareSet.commitment(set.name(), 2, value));
        var forged =
                new KeyShare(new ShareSet(set.key(), set.name(), set.made(), set.required(), commitments), 2, value);
        refused(
                "share-set",
                "shares say different things of one set, so that some are forged: file 1, file 3; file 2",
                shares.get(0),
                forged,
                shares.get(2));
        assertThrows(MalformedException.class, () -> new KeyShare(set, 2, value));
        assertThrows(
                MalformedException.class,
                () -> new KeyShare(set, 1, shares.get(1).value()));
    }

    @Test
    void nothingIsNoKey() {
        assertThrows(MalformedException.class, () -> KeySharing.join(Map.of()));
    }

    private static void refused(String rule, String sentence, KeyShare... shares) {
        var refusal = assertThrows(RefusedException.class, () -> KeySharing.join(Sample.named(List.of(shares))));
        assertEquals(rule, refusal.rule());
        assertTrue(refusal.sentence().contains(sentence), refusal.sentence());
    }

    @Test
    void requiredAreFromTwoToAllAndSharesAreAtMostSixteen() {
        assertEquals(2, Sample.split(secret, 2, 2).size());
        assertEquals(16, Sample.split(secret, 16, 16).size());
        assertEquals(16, Sample.split(secret, 2, ShareSet.SHARES_MAX).size());
        for (int[] wrong : new int[][] {{1, 3}, {0, 3}, {4, 3}, {2, 17}, {17, 17}, {2, 1}}) {
            assertThrows(MalformedException.class, () -> Sample.split(secret, wrong[0], wrong[1]));
        }
    }

    @Test
    void aSecretHasFromSixteenTo8192Bytes() {
        for (int length : new int[] {16, 8192}) {
            byte[] right = new byte[length];
            right[0] = 1;
            assertArrayEquals(right, joined(Sample.split(right, 2, 2)));
        }
        for (int length : new int[] {0, 15, 8193}) {
            assertThrows(MalformedException.class, () -> Sample.split(new byte[length], 2, 2));
        }
    }

    @Test
    void aSetSaysWhatItIsInTheRightLengths() {
        var set = Sample.split(secret, 2, 2).getFirst().set();
        var shortened = Bytes.of(new byte[15]);
        assertThrows(
                MalformedException.class, () -> new ShareSet(set.key(), shortened, set.made(), 2, set.commitments()));
        assertThrows(
                MalformedException.class,
                () -> new ShareSet(set.key(), set.name(), set.made(), 2, List.of(shortened, shortened)));
        var key = Sample.key(Optional.empty());
        assertThrows(
                MalformedException.class,
                () -> new SharedKey(
                        key.description(), key.id(), key.fingerprint().toLowerCase(java.util.Locale.ROOT)));
    }
}
