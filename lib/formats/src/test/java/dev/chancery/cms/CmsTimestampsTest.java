// SPDX-License-Identifier: Apache-2.0
package dev.chancery.cms;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.chancery.core.Authority;
import dev.chancery.core.Bytes;
import dev.chancery.core.MalformedException;
import dev.chancery.core.Signature;
import dev.chancery.der.DerWriter;
import dev.chancery.format.FormatKeyring;
import dev.chancery.format.Timestamp;
import dev.chancery.format.Verdict;
import dev.chancery.key.KeyAlgorithm;
import dev.chancery.key.SignatureValue;
import dev.chancery.signeddata.SignerInfo;
import dev.chancery.timestamp.TokenForge;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CmsTimestampsTest {
    private static final Sample.Certified KEY = Sample.key(KeyAlgorithm.ECDSA_P256);
    private static final Signature SIGNATURE = Sample.sign(KEY);
    private static final SignatureValue VALUE = Sample.VERIFYING.stamped(SIGNATURE);
    private static final TokenForge SERVICE = TokenForge.over(VALUE);
    private static final Bytes TOKEN = SERVICE.der();
    private static final FormatKeyring KEYRING = keyring(SERVICE);

    private static FormatKeyring keyring(TokenForge trusted) {
        return Sample.VERIFYING.keyring(Map.of(Sample.QA, Sample.publish(KEY)), trusted.trust());
    }

    private static Optional<Timestamp> timestamp(FormatKeyring keyring, Bytes file) {
        return assertInstanceOf(Verdict.Good.class, Sample.verdict(keyring, file))
                .timestamp();
    }

    private static void assertUnproven(String words, FormatKeyring keyring, Bytes file) {
        var unproven = assertInstanceOf(
                Timestamp.Unproven.class, timestamp(keyring, file).orElseThrow());
        assertTrue(unproven.sentence().contains(words), unproven.sentence());
    }

    /// A file of the key whose signer has these unsigned attributes.
    private static Bytes with(byte[]... unsigned) {
        var forge = new Forge(KEY);
        forge.unsigned = DerWriter.element(SignerInfo.UNSIGNED_ATTRIBUTES, unsigned);
        return forge.bytes();
    }

    private static byte[] attribute(byte[]... tokens) {
        return Forge.attribute(CmsTimestamps.ATTRIBUTE, tokens);
    }

    @Test
    void aTimestampProvesItsTime() {
        var stamped = Sample.VERIFYING.stamp(SIGNATURE, TOKEN).bytes();
        assertEquals(Optional.of(new Timestamp.Proven(TokenForge.TIME, "CN=service")), timestamp(KEYRING, stamped));
        assertEquals(Optional.empty(), timestamp(KEYRING, SIGNATURE.bytes()));
        assertUnproven("trusts no timestamp service", Sample.keyring(KEY), stamped);
        assertUnproven("is not trusted", keyring(TokenForge.over(VALUE)), stamped);
    }

    /// "Each signer that was there stays byte for byte."
    @Test
    void theSignatureStaysAsItIs() {
        var stamped = Sample.VERIFYING.stamp(SIGNATURE, TOKEN);
        assertEquals(VALUE, Sample.VERIFYING.stamped(stamped));
        var before = signer(SIGNATURE.bytes());
        var after = signer(stamped.bytes());
        assertEquals(before.signed(), after.signed());
        assertEquals(List.of(TOKEN), after.unsigned().values(CmsTimestamps.ATTRIBUTE));
        assertFalse(Sample.VERIFYING.isBy(KEY.key(), stamped, Sample.CONTENT), "more than the engine hands out");
        var release = Sample.sign(Sample.key(KeyAlgorithm.ED25519, new Authority("release")));
        var joining = new CmsJoining();
        var first = joining.join(release.bytes(), stamped, false);
        var last = joining.join(stamped.bytes(), release, false);
        for (Bytes joined : List.of(first, last)) {
            var signers = DetachedSignature.read(joined).signers();
            assertTrue(
                    signers.containsAll(DetachedSignature.read(stamped.bytes()).signers()));
            assertTrue(
                    signers.containsAll(DetachedSignature.read(release.bytes()).signers()));
        }
    }

    private static SignerInfo signer(Bytes file) {
        return SignerInfo.read("test", DetachedSignature.read(file).signers().getFirst());
    }

    /// "It never makes a signature count, and never keeps one from counting."
    @Test
    void whatIsBesideASignatureSpoilsNothing() {
        byte[] token = TOKEN.toArray();
        assertUnproven("another value", KEYRING, with(attribute(token)));
        assertUnproven("2 timestamps", KEYRING, with(attribute(token, token)));
        assertUnproven("2 timestamps", KEYRING, with(attribute(token), attribute(token)));
        assertUnproven("0 timestamps", KEYRING, with(attribute()));
        assertUnproven("has tag 0x05", KEYRING, with(attribute(DerWriter.nothing())));
        var other = Sample.sign(KEY, Sample.NOW.plusSeconds(1));
        assertUnproven(
                "another value", KEYRING, Sample.VERIFYING.stamp(other, TOKEN).bytes());
        var stranger = Sample.key(KeyAlgorithm.ECDSA_P256);
        assertInstanceOf(
                Verdict.Bad.class,
                Sample.verdict(
                        Sample.VERIFYING.keyring(Map.of(Sample.QA, Sample.publish(stranger)), SERVICE.trust()),
                        Sample.VERIFYING.stamp(SIGNATURE, TOKEN).bytes()));
    }

    @Test
    void oneSignatureIsStampedOnce() {
        var stamped = Sample.VERIFYING.stamp(SIGNATURE, TOKEN);
        assertMalformed("already", () -> Sample.VERIFYING.stamp(stamped, TOKEN));
        var release = Sample.sign(Sample.key(KeyAlgorithm.ED25519, new Authority("release")));
        var joined = new Signature(
                SIGNATURE.format(), SIGNATURE.encoding(), new CmsJoining().join(release.bytes(), SIGNATURE, false));
        assertMalformed("has 2 signers", () -> Sample.VERIFYING.stamped(joined));
        assertMalformed("has 2 signers", () -> Sample.VERIFYING.stamp(joined, TOKEN));
        var nothing = Bytes.of(DerWriter.nothing());
        assertMalformed("timestamp token", () -> Sample.VERIFYING.stamp(SIGNATURE, nothing));
    }

    private static void assertMalformed(String words, org.junit.jupiter.api.function.Executable work) {
        var fault = assertThrows(MalformedException.class, work);
        assertTrue(fault.sentence().contains(words), fault.sentence());
    }
}
