// SPDX-License-Identifier: Apache-2.0
package dev.chancery.keys.share;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.chancery.core.Bytes;
import dev.chancery.core.MalformedException;
import dev.chancery.keys.handle.SecretBytes;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class KeyShareTest {
    private final byte[] secret = Sample.secret();
    private final List<KeyShare> shares = Sample.split(secret, 2, 3);

    private static String text(KeyShare share) {
        return new String(share.toText().toArray(), StandardCharsets.US_ASCII);
    }

    private static KeyShare parse(String text) {
        return KeyShare.parse(Bytes.of(text.getBytes(StandardCharsets.ISO_8859_1)));
    }

    @Test
    void aShareIsReadAsItWasWritten() {
        for (var share : shares) {
            var read = parse(text(share));
            assertEquals(share.set(), read.set());
            assertEquals(share.number(), read.number());
            assertArrayEquals(share.value().exposed(), read.value().exposed());
        }
    }

    @Test
    void aKeyWithAnEndOfItsOwnKeepsIt() {
        var key = Sample.key(Optional.of(Sample.MADE.plusSeconds(1)));
        var made = new KeySharing(new SecureRandom())
                .split(new KeySharing.Plan(key, Sample.MADE, 2, 2), SecretBytes.owning(secret.clone()));
        assertEquals(key, parse(text(made.getFirst())).set().key());
    }

    @Test
    void whatEditorsAndPrintersAddDoesNotCount() {
        String text = "\n" + text(shares.getFirst()).replace("\n", "  \r\n\r\n") + "\n\n";
        assertEquals(shares.getFirst().set(), parse(text).set());
    }

    @Test
    void everyByteThatIsChangedIsNoticed() {
        byte[] text = shares.get(1).toText().toArray();
        for (int at = 0; at < text.length; at++) {
            byte[] changed = text.clone();
            changed[at] ^= 1;
            assertThrows(MalformedException.class, () -> KeyShare.parse(Bytes.of(changed)), "byte " + at);
        }
    }

    @Test
    void everyLineThatIsMissingIsNoticed() {
        var lines = text(shares.get(1)).lines().toList();
        for (int at = 0; at < lines.size(); at++) {
            var rest = new java.util.ArrayList<>(lines);
            rest.remove(at);
            assertThrows(MalformedException.class, () -> parse(String.join("\n", rest)), lines.get(at));
        }
        assertThrows(MalformedException.class, () -> parse(""));
        assertThrows(MalformedException.class, () -> parse(text(shares.get(1)) + "and more\n"));
    }

    @Test
    void whoTypesAShareIsToldWhichRowIsWrong() {
        String text = text(shares.getFirst());
        int row = text.indexOf("row 2: ") + "row 2: ".length();
        char other = text.charAt(row) == '0' ? '1' : '0';
        var complaint = assertThrows(
                MalformedException.class, () -> parse(text.substring(0, row) + other + text.substring(row + 1)));
        assertTrue(complaint.sentence().contains("row 2 is not as it was written"), complaint.sentence());
    }

    @Test
    void rowsThatChangePlacesAreNoticed() {
        String text = text(shares.getFirst());
        var rows = text.lines().filter(line -> line.startsWith("row ")).toList();
        String first = rows.get(0).substring("row 1: ".length());
        String second = rows.get(1).substring("row 2: ".length());
        String swapped = text.replace(first, "-").replace(second, first).replace("-\n", second + "\n");
        assertThrows(MalformedException.class, () -> parse(swapped));
    }

    @Test
    void aTextHasAtMost64Kibibytes() {
        byte[] text = shares.getFirst().toText().toArray();
        byte[] padded = Arrays.copyOf(text, KeyShare.TEXT_BYTES_MAX);
        Arrays.fill(padded, text.length, padded.length, (byte) '\n');
        assertEquals(1, KeyShare.parse(Bytes.of(padded)).number());
        byte[] longer = Arrays.copyOf(padded, KeyShare.TEXT_BYTES_MAX + 1);
        longer[longer.length - 1] = '\n';
        assertThrows(MalformedException.class, () -> KeyShare.parse(Bytes.of(longer)));
    }

    @Test
    void theLargestShareFitsIntoAText() {
        var largest = Sample.split(new byte[KeyShare.VALUE_BYTES_MAX], 2, ShareSet.SHARES_MAX);
        assertEquals(16, parse(text(largest.getLast())).number());
    }

    @Test
    void aShareIsNeverShownByAccident() {
        var share = shares.getFirst();
        String digits = java.util.HexFormat.of().formatHex(share.value().exposed());
        assertTrue(!share.toString().contains(digits.substring(0, 8)), "the value is not in it");
    }

    @Test
    void aClosedShareIsGone() {
        var share = parse(text(shares.getFirst()));
        share.close();
        assertThrows(IllegalStateException.class, share::toText);
    }
}
