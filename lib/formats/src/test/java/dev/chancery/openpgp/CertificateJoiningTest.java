// SPDX-License-Identifier: Apache-2.0
package dev.chancery.openpgp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.chancery.core.Bytes;
import dev.chancery.core.MalformedException;
import dev.chancery.core.RefusedException;
import dev.chancery.format.Reason;
import dev.chancery.format.Verdict;
import dev.chancery.key.KeyAlgorithm;
import dev.chancery.packet.Armor;
import dev.chancery.packet.CertificateJoining;
import dev.chancery.packet.Octets;
import dev.chancery.packet.PacketReader;
import dev.chancery.packet.PacketVersion;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Two versions of one certificate become one. The certificates of `lifecycle` are those of one key in the states
/// that GnuPG brought it into.
class CertificateJoiningTest {
    private static final CertificateJoining JOINING = new CertificateJoining(PacketVersion.V4, List.of());
    private static final Instant LATER = Instant.parse("2026-01-01T00:00:00Z");

    private final Sample sample = Sample.of(KeyAlgorithm.ED25519);
    private final Bytes own = CertificateJoining.split(sample.certificate()).getFirst();

    static Stream<Path> states() {
        return Vectors.files("lifecycle").filter(file -> file.toString().endsWith(".asc"));
    }

    private static Bytes state(String name) {
        return Vectors.bytes(states().filter(file -> file.endsWith(name + ".asc"))
                .findFirst()
                .orElseThrow());
    }

    private static List<PacketReader.Packet> packets(Bytes certificate) {
        return PacketReader.read(CertificateJoining.split(certificate).getFirst());
    }

    private static Bytes written(List<PacketReader.Packet> packets) {
        var octets = new Octets();
        packets.forEach(packet -> octets.octets(packet.octets().toArray()));
        return Bytes.of(octets.toArray());
    }

    /// What sqv's rules say of a signature of before the events.
    private static String verdict(Bytes certificate, String signature) {
        var file = Vectors.bytes(Vectors.files("lifecycle")
                .filter(path -> path.endsWith(signature))
                .findFirst()
                .orElseThrow());
        var content = Sample.measured("content\n".getBytes(StandardCharsets.US_ASCII));
        var keyring = Sample.VERIFYING.keyring(Map.of(Sample.QA, certificate));
        return switch (keyring.read(file).getFirst().check(content, LATER)) {
            case Verdict.Good good -> "good";
            case Verdict.Bad(Reason reason, String sentence) -> reason.name();
        };
    }

    @Test
    void ourOwnCertificateStaysAsItWasMade() {
        assertEquals(own, JOINING.clean(own));
        assertEquals(own, JOINING.clean(sample.certificate()));
    }

    @ParameterizedTest
    @MethodSource("states")
    void whatHappenedToAKeyIsInTheJoinedCertificateWhicheverComesFirst(Path file) {
        Bytes changed = Vectors.bytes(file);
        Bytes joined = JOINING.join(state("untouched"), changed);
        assertEquals(joined, JOINING.join(changed, state("untouched")));
        assertEquals(joined, JOINING.join(joined, changed));
        assertEquals(joined, JOINING.join(joined, state("untouched")));
        assertEquals(verdict(changed, "before.sig"), verdict(joined, "before.sig"));
        assertEquals(verdict(changed, "after.sig"), verdict(joined, "after.sig"));
    }

    @Test
    void manyVersionsMakeOneCertificateInWhateverOrderTheyCome() {
        var versions = new ArrayList<>(states().map(Vectors::bytes).toList());
        Bytes expected = versions.stream().reduce(JOINING::join).orElseThrow();
        var random = new Random(6);
        for (int i = 0; i < 10; i++) {
            Collections.shuffle(versions, random);
            assertEquals(expected, versions.stream().reduce(JOINING::join).orElseThrow());
        }
        assertEquals("REVOKED", verdict(expected, "before.sig"));
    }

    @Test
    void aRevocationCertificateAloneIsJoinedInEitherArmor() {
        var revocation = written(packets(state("primary-compromised")).stream()
                .filter(packet -> packet.tag() == 2 && packet.body().toArray()[1] == 0x20)
                .toList());
        Bytes expected = JOINING.join(state("untouched"), state("primary-compromised"));
        for (Bytes form : List.of(
                revocation, armored(Armor.Kind.PUBLIC_KEY, revocation), armored(Armor.Kind.SIGNATURE, revocation))) {
            assertEquals(expected, JOINING.join(state("untouched"), form));
        }
        assertEquals("REVOKED", verdict(expected, "before.sig"));
    }

    @Test
    void theRevocationOfASubkeyIsJoinedAloneToo() {
        var revocation = written(packets(state("subkey-compromised")).stream()
                .filter(packet -> packet.tag() == 2 && packet.body().toArray()[1] == 0x28)
                .toList());
        assertEquals(
                JOINING.join(state("untouched"), state("subkey-compromised")),
                JOINING.join(state("untouched"), revocation));
    }

    private static Bytes armored(Armor.Kind kind, Bytes packets) {
        return Bytes.of(Armor.write(kind, packets).getBytes(StandardCharsets.US_ASCII));
    }

    /// Every octet of every signature is changed, one after the other. What is left is what holds: the changed
    /// signature
    /// is dropped, or it is as it was, where nobody signed the octet.
    @Test
    void aChangedOctetLeavesNoOtherSignatureThanThoseThatWereMade() {
        var packets = packets(own);
        for (int i = 0; i < packets.size(); i++) {
            if (packets.get(i).tag() != 2) {
                continue;
            }
            byte[] body = packets.get(i).body().toArray();
            for (int at = 0; at < body.length; at++) {
                byte[] changed = body.clone();
                changed[at] ^= 1;
                assertEquals(own, JOINING.join(own, with(packets, i, changed)), "octet " + at);
            }
        }
    }

    private static Bytes with(List<PacketReader.Packet> packets, int place, byte[] body) {
        var octets = new Octets();
        for (int i = 0; i < packets.size(); i++) {
            if (i == place) {
                octets.packet(packets.get(i).tag(), body);
            } else {
                octets.octets(packets.get(i).octets().toArray());
            }
        }
        return Bytes.of(octets.toArray());
    }

    @Test
    void octetsBehindASignaturesValueAreNoSecondSignature() {
        var packets = packets(own);
        byte[] body = packets.get(2).body().toArray();
        byte[] longer = java.util.Arrays.copyOf(body, body.length + 3);
        assertEquals(own, JOINING.join(own, with(packets, 2, longer)));
    }

    @Test
    void whatNobodySignedIsDropped() {
        var strange = new Octets()
                .octets(own.toArray())
                .packet(10, "PGP".getBytes(StandardCharsets.US_ASCII))
                .packet(12, new byte[] {1, 2})
                .packet(17, new byte[] {1, 2})
                .packet(13, "Mallory <m@example.org>".getBytes(StandardCharsets.US_ASCII));
        assertEquals(own, JOINING.clean(Bytes.of(strange.toArray())));
    }

    @Test
    void aSubkeyThatNobodyBoundIsDropped() {
        var other =
                packets(CertificateJoining.split(Sample.of(KeyAlgorithm.ED25519).certificate())
                        .getFirst());
        var adopted = new Octets()
                .octets(own.toArray())
                .octets(other.get(3).octets().toArray())
                .octets(other.get(4).octets().toArray());
        assertEquals(own, JOINING.clean(Bytes.of(adopted.toArray())));
    }

    @Test
    void anotherPrimaryKeyIsRefused() {
        var other = Sample.of(KeyAlgorithm.ED25519).certificate();
        assertEquals(
                "certificate-key",
                assertThrows(RefusedException.class, () -> JOINING.join(own, other))
                        .rule());
    }

    @Test
    void aCertificateThatVouchesForNothingIsRefused() {
        var bare = written(
                packets(own).stream().filter(packet -> packet.tag() != 2).toList());
        assertEquals(
                "certificate-self",
                assertThrows(RefusedException.class, () -> JOINING.clean(bare)).rule());
    }

    @Test
    void secretKeysAndSecondCertificatesAreMalformed() {
        var secret = new Octets().octets(own.toArray()).packet(7, new byte[] {4});
        assertMalformed("secret key", Bytes.of(secret.toArray()));
        var two = new Octets().octets(own.toArray()).octets(own.toArray());
        assertMalformed("second certificate", Bytes.of(two.toArray()));
        assertMalformed("no primary key", written(packets(own).subList(1, 2)));
    }

    private static void assertMalformed(String words, Bytes file) {
        var fault = assertThrows(MalformedException.class, () -> JOINING.clean(file));
        assertTrue(fault.sentence().contains(words), fault.sentence());
    }

    @Test
    void aCertificateOfAnotherVersionIsMalformed() {
        var joining = new CertificateJoining(PacketVersion.V6, List.of());
        assertThrows(MalformedException.class, () -> joining.clean(own));
    }

    /// The certification of the user ID again and again: each is checked, one is left.
    @Test
    void signaturesAreCountedBeforeTheyAreChecked() {
        int each = CertificateJoining.SIGNATURES_MAX - 2;
        assertEquals(own, JOINING.join(own, certified(each - 2)));
        var fault = assertThrows(MalformedException.class, () -> JOINING.join(own, certified(each - 1)));
        assertTrue(fault.sentence().contains("more than 1000 signatures"), fault.sentence());
    }

    /// Our own with the certification so many times more.
    private Bytes certified(int more) {
        var packets = new ArrayList<>(packets(own));
        packets.addAll(3, Collections.nCopies(more, packets.get(2)));
        return written(packets);
    }

    @Test
    void aVersionHasAtMostAMebibyte() {
        int left = CertificateJoining.BYTES_MAX - own.length();
        assertEquals(own, JOINING.join(own, padded(left)));
        var fault = assertThrows(MalformedException.class, () -> JOINING.join(own, padded(left + 1)));
        assertTrue(fault.sentence().contains("1048577 bytes"), fault.sentence());
    }

    /// With a packet of padding (RFC 9580, section 5.14) of so many octets, its header included.
    private Bytes padded(int octets) {
        return Bytes.of(new Octets()
                .octets(own.toArray())
                .packet(21, new byte[octets - 6])
                .toArray());
    }
}
