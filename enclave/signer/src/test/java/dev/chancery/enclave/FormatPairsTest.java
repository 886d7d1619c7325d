// SPDX-License-Identifier: Apache-2.0
package dev.chancery.enclave;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.chancery.core.Bytes;
import dev.chancery.core.FormatName;
import dev.chancery.core.MalformedException;
import dev.chancery.format.FormatKeyring;
import dev.chancery.format.Verdict;
import dev.chancery.key.Scheme;
import dev.chancery.key.ToBeSigned;
import dev.chancery.verification.Keyring;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Every two formats, with the same secret forced into both. Nobody can get such a key from the office: a key is bound
/// to one format when it is made, and a keyring refuses it. Here is shown what would happen if somebody did. RSA keys
/// are framed as ECDSA keys are, so those stand for both.
class FormatPairsTest {
    /// Formats that sign the bare content, or its bare digest: one's value *is* the other's over the same content, so
    /// that the bond of the key is all that keeps them apart. Everything else is framed.
    private static final Map<Scheme, Set<String>> BARE = Map.of(
            Scheme.ECDSA_P256, Set.of("raw", "sigstore", "tag"),
            Scheme.ED25519, Set.of("raw", "signify"));

    /// A format, and a key of a scheme that it takes, which is the same one for all formats.
    record Half(FormatName format, PairKeys.Forced key) {
        @Override
        public String toString() {
            return format.text();
        }
    }

    /// Two formats that take keys of the same scheme.
    record Pair(Scheme scheme, Half one, Half other) {
        @Override
        public String toString() {
            return "%s: %s, %s".formatted(scheme, one, other);
        }
    }

    static Stream<Pair> pairs() {
        return Stream.of(Scheme.ED25519, Scheme.ECDSA_P256).flatMap(FormatPairsTest::pairs);
    }

    private static Stream<Pair> pairs(Scheme scheme) {
        List<Half> halves = PairKeys.of(scheme).entrySet().stream()
                .map(entry -> new Half(entry.getKey(), entry.getValue()))
                .toList();
        return halves.stream()
                .flatMap(one -> halves.stream()
                        .filter(other -> !one.format().equals(other.format()))
                        .map(other -> new Pair(scheme, one, other)));
    }

    @ParameterizedTest
    @MethodSource("pairs")
    void aSignatureOfOneIsNoneOfTheOther(Pair pair) {
        Bytes signature = pair.one().key().signature().bytes();
        assertTrue(counts(pair.one().key().keyring(), signature, pair.one()), "as what it is");
        assertFalse(counts(pair.other().key().keyring(), signature, pair.one()), "as the other");
    }

    /// Over the content that the one was made over.
    private static boolean counts(FormatKeyring keyring, Bytes signature, Half made) {
        try {
            return keyring.read(signature).stream()
                    .anyMatch(claimed -> claimed.check(made.key().verified(), Office.NOW) instanceof Verdict.Good);
        } catch (MalformedException e) {
            return false;
        }
    }

    /// What the key is asked to sign for one format is not what it is asked for another.
    @ParameterizedTest
    @MethodSource("pairs")
    void theSignedBytesDiffer(Pair pair) {
        var bare = BARE.getOrDefault(pair.scheme(), Set.of());
        boolean sameByNature = bare.contains(pair.one().format().text())
                && bare.contains(pair.other().format().text());
        var ones = new ArrayList<ToBeSigned>(pair.one().key().asked());
        ones.retainAll(pair.other().key().asked());
        if (!sameByNature) {
            assertEquals(List.of(), ones);
        }
    }

    @ParameterizedTest
    @MethodSource("pairs")
    void aKeyringRefusesTheKey(Pair pair) {
        var both = Map.of(
                pair.one().format(), pair.one().key().keyring(),
                pair.other().format(), pair.other().key().keyring());
        var fault = assertThrows(MalformedException.class, () -> new Keyring(both));
        assertTrue(fault.sentence().contains("one key twice"), fault.sentence());
    }

    @Test
    void everyFormatIsInAPair() {
        var paired = new TreeSet<FormatName>();
        pairs().forEach(pair -> paired.add(pair.one().format()));
        var all = new TreeSet<FormatName>();
        Office.FORMATS.list().forEach(format -> all.add(format.description().name()));
        assertEquals(all, paired);
    }
}
