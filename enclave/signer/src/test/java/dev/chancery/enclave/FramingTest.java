// SPDX-License-Identifier: Apache-2.0
package dev.chancery.enclave;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.chancery.core.Bytes;
import dev.chancery.core.Encoding;
import dev.chancery.core.MalformedException;
import dev.chancery.format.Verdict;
import dev.chancery.key.KeyPurpose;
import dev.chancery.key.Scheme;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.bouncycastle.openpgp.PGPException;
import org.bouncycastle.openpgp.PGPPublicKey;
import org.bouncycastle.openpgp.PGPSignature;
import org.bouncycastle.openpgp.operator.bc.BcPGPContentVerifierBuilderProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Rule 1 of the design: "A caller never gets a signature over bytes that it chose." It chooses the content, so
/// it tries content that is itself the signed bytes of another signature: material, hashed part, trailer.
class FramingTest {
    /// RFC 9580, section 5.2.1: every type but the two over data.
    private static final List<Integer> TYPES =
            List.of(0x02, 0x10, 0x11, 0x12, 0x13, 0x16, 0x18, 0x19, 0x1f, 0x20, 0x28, 0x30, 0x40, 0x50);

    private static final String USER_ID = "Mallory <mallory@example.org>";
    private static final int EDDSA_LEGACY = 22;
    private static final int SHA512 = 10;

    private final MemoryKeys.MemoryKey primary =
            Office.key(Scheme.ED25519, Office.OPENPGP).as(Office.QA, Office.OPENPGP, KeyPurpose.CERTIFY);
    private final MemoryKeys.MemoryKey signing = Office.key(Scheme.ED25519, Office.OPENPGP);
    private final Engine engine = Office.engine(new MemoryKeys().with(primary).with(signing));
    private final PGPPublicKey primaryKey;
    private final PGPPublicKey subkey;

    FramingTest() throws IOException {
        Iterator<PGPPublicKey> keys = Packets.certificate(primary, signing).getPublicKeys();
        primaryKey = keys.next();
        subkey = keys.next();
    }

    @ParameterizedTest
    @EnumSource
    void onlyDataIsSigned(Encoding encoding) throws Exception {
        var content = Office.measured(new byte[] {1});
        var signature = engine.sign(Office.ALICE, Office.request(Office.OPENPGP, encoding, content));
        int type = encoding == Encoding.CLEARTEXT ? PGPSignature.CANONICAL_TEXT_DOCUMENT : PGPSignature.BINARY_DOCUMENT;
        assertEquals(type, Packets.read(signature).getSignatureType());
        assertTrue(Office.FORMATS.get(Office.OPENPGP).verifying().isBy(signing.key(), signature, content));
    }

    /// Every material that a type hashes, every type, and three ways to dress the answer up.
    @Test
    void contentThatEndsLikeAnotherSignatureStaysContent() throws Exception {
        int forgeries = 0;
        for (byte[] material : materials()) {
            for (int type : TYPES) {
                byte[] inner = Packets.hashedPart(type, EDDSA_LEGACY, SHA512, Office.NOW);
                byte[] content = Packets.joined(material, Packets.trailer(inner));
                byte[] body = Packets.body(
                        engine.sign(Office.ALICE, Office.request(Office.OPENPGP, Encoding.BINARY, content)));
                assertEquals(PGPSignature.BINARY_DOCUMENT, body[1]);
                assertSignsDataOnly(body, content);
                for (byte[] forged : dressedUp(body, inner, type)) {
                    assertIsWorthless(forged, material);
                    forgeries++;
                }
            }
        }
        assertEquals(materials().size() * TYPES.size() * 3, forgeries);
    }

    private List<byte[]> materials() throws IOException {
        byte[] key = Packets.material(primaryKey);
        byte[] both = Packets.joined(key, Packets.material(subkey));
        byte[] named = Packets.joined(key, Packets.userId(USER_ID));
        byte[] own = Packets.joined(Packets.material(subkey), Packets.userId(USER_ID));
        return List.of(key, both, named, own, new byte[0]);
    }

    /// The answer with another type; with the hashed part that the content ends with; with a hashed part that
    /// swallows the whole trailer of the content.
    private static List<byte[]> dressedUp(byte[] body, byte[] inner, int type) {
        byte[] otherType = body.clone();
        otherType[1] = (byte) type;
        byte[] rest = Packets.afterHashedPart(body);
        byte[] ours = Arrays.copyOf(body, body.length - rest.length);
        byte[] swallowed = Packets.joined(Packets.trailer(inner), ours);
        swallowed[4] = (byte) ((swallowed.length - 6) >> 8);
        swallowed[5] = (byte) (swallowed.length - 6);
        return List.of(otherType, Packets.joined(inner, rest), Packets.joined(swallowed, rest));
    }

    private void assertSignsDataOnly(byte[] body, byte[] content) throws PGPException {
        var signature = Packets.read(body).orElseThrow();
        signature.init(new BcPGPContentVerifierBuilderProvider(), subkey);
        signature.update(content);
        assertTrue(signature.verify());
    }

    /// Whatever the packet is said to certify, bind or revoke, by either key, it does not.
    private void assertIsWorthless(byte[] body, byte[] material) throws PGPException {
        for (var by : List.of(subkey, primaryKey)) {
            var ways = new ArrayList<Way>(List.of(
                    signature -> signature.verifyCertification(primaryKey),
                    signature -> signature.verifyCertification(subkey),
                    signature -> signature.verifyCertification(primaryKey, subkey),
                    signature -> signature.verifyCertification(USER_ID, primaryKey),
                    signature -> signature.verifyCertification(USER_ID, subkey),
                    signature -> {
                        signature.update(material);
                        return signature.verify();
                    }));
            for (var way : ways) {
                assertFalse(holds(body, by, way));
            }
        }
        var keyring = Office.FORMATS
                .get(Office.OPENPGP)
                .verifying()
                .keyring(Map.of(Office.QA, Packets.certificateFile(primary, signing)));
        try {
            for (var claim : keyring.read(Bytes.of(Packets.packet(body)))) {
                assertInstanceOf(Verdict.Bad.class, claim.check(Office.measured(material), Office.NOW));
            }
        } catch (MalformedException e) {
            assertFalse(e.sentence().isEmpty());
        }
    }

    private interface Way {
        boolean verifies(PGPSignature signature) throws PGPException;
    }

    private static boolean holds(byte[] body, PGPPublicKey by, Way way) {
        try {
            var signature = Packets.read(body);
            if (signature.isEmpty()) {
                return false;
            }
            signature.get().init(new BcPGPContentVerifierBuilderProvider(), by);
            return way.verifies(signature.get());
        } catch (PGPException | RuntimeException e) {
            return false;
        }
    }

    /// RFC 9580, section 5.2.4: a version 3 trailer is "the signature type [...] followed by the four-octet
    /// creation time", so the last five octets that the enclave hashes would have to be those: the type is then
    /// 0xff, which is none.
    @Test
    void noVersion3SignatureComesOut() {
        byte[] body = Packets.body(
                engine.sign(Office.ALICE, Office.request(Office.OPENPGP, Encoding.BINARY, new byte[] {1})));
        byte[] rest = Packets.afterHashedPart(body);
        byte[] integers = Arrays.copyOfRange(rest, 2 + rest[1], rest.length);
        byte[] hashed = Arrays.copyOf(body, body.length - rest.length);
        byte[] version3 = Packets.joined(
                new byte[] {3, 5, (byte) 0xff, 0, 0, 0, (byte) hashed.length},
                new byte[8],
                new byte[] {EDDSA_LEGACY, SHA512},
                integers);
        for (var by : List.of(subkey, primaryKey)) {
            assertFalse(holds(version3, by, signature -> signature.verifyCertification(primaryKey)));
        }
        assertNotEquals(0, integers.length);
    }
}
