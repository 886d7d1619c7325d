// SPDX-License-Identifier: Apache-2.0
package dev.chancery.enclave;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.chancery.core.Artifact;
import dev.chancery.core.ArtifactName;
import dev.chancery.core.Bytes;
import dev.chancery.core.Encoding;
import dev.chancery.core.FormatName;
import dev.chancery.core.MalformedException;
import dev.chancery.core.RefusedException;
import dev.chancery.core.Signature;
import dev.chancery.format.FormatKeyring;
import dev.chancery.format.KeyPublication;
import dev.chancery.format.Reason;
import dev.chancery.format.Verdict;
import dev.chancery.key.KeyPurpose;
import dev.chancery.key.Scheme;
import dev.chancery.policy.SigningRules;
import dev.chancery.protocol.SigningRequest;
import dev.chancery.verification.Keyring;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// Rule 2 of the design, between `tag`, `raw` and `sigstore`: over one content their signatures are the same
/// bytes by nature, so who may have any file signed `raw` could have a tag signed, if the key were the same.
class TagCrossFormatTest {
    private static final FormatName TAG = new FormatName("tag");
    private static final FormatName SIGSTORE = new FormatName("sigstore");
    private static final String NAME = "bundle-jira-1.0";
    private static final byte[] PAYLOAD = ascii("tag: bundle-jira-1.0\nwanted: QA's word for this\n");
    private static final SigningRules RULES = rules("*");

    private final MemoryKeys.MemoryKey raw = Office.key(Scheme.ECDSA_P256, Office.RAW);
    private final MemoryKeys.MemoryKey tag = Office.key(Scheme.ECDSA_P256, TAG);

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private static SigningRules rules(String pattern) {
        var formats = Set.of(TAG, Office.RAW, SIGSTORE);
        return new SigningRules(List.of(Office.rule("all", formats, pattern, Artifact.SIZE_BYTES_MAX)));
    }

    private static SigningRequest request(FormatName format, String name, byte[] content) {
        var encoding = Office.FORMATS.get(format).description().defaultEncoding();
        var target = new SigningRequest.Target(Office.QA, format, Optional.empty());
        return new SigningRequest(target, encoding, new ArtifactName(name), Office.measured(content));
    }

    private static Signature signed(MemoryKeys.MemoryKey key, byte[] content) {
        var engine = Office.engine(RULES, new MemoryKeys().with(key));
        return engine.sign(Office.ALICE, request(key.key().format(), NAME, content));
    }

    private static FormatKeyring keyring(MemoryKeys.MemoryKey key) {
        var format = Office.FORMATS.get(key.key().format());
        var file = format.signing().publish(new KeyPublication(key, Optional.empty(), "unused", Office.NOW));
        return format.verifying().keyring(Map.of(Office.QA, file));
    }

    private static MemoryKeys.MemoryKey as(MemoryKeys.MemoryKey key, FormatName format) {
        return key.as(Office.QA, format, KeyPurpose.SIGN);
    }

    /// A signature value worn as a block under QA's name.
    private static Bytes file(Bytes value) {
        String block = "=== SIGNATURE qa\n" + Base64.getEncoder().encodeToString(value.toArray()) + "\n";
        return Bytes.of(Packets.joined(PAYLOAD, ascii(block)));
    }

    private static Verdict verdict(MemoryKeys.MemoryKey key, Bytes file) {
        return keyring(key).read(file).getFirst().check(Office.measured(PAYLOAD), Office.NOW);
    }

    private static void assertKeyringRefuses(MemoryKeys.MemoryKey one, MemoryKeys.MemoryKey other) {
        var both = Map.of(
                one.key().format(), keyring(one),
                other.key().format(), keyring(other));
        var fault = assertThrows(MalformedException.class, () -> new Keyring(both));
        assertTrue(fault.sentence().contains("one key twice"), fault.sentence());
    }

    @Test
    void theEngineSignsATag() {
        var block = signed(tag, PAYLOAD);
        var file = Bytes.of(Packets.joined(PAYLOAD, block.bytes().toArray()));
        assertInstanceOf(Verdict.Good.class, verdict(tag, file));
    }

    /// The known case, and what stands against it.
    @Test
    void aRawSignatureOverAPayloadIsWorthlessUnlessItsKeyStandsInBothFormats() {
        var forged = file(signed(raw, PAYLOAD).bytes());
        assertInstanceOf(Verdict.Good.class, verdict(as(raw, TAG), forged), "the forgery itself is well made");
        var bad = assertInstanceOf(Verdict.Bad.class, verdict(tag, forged));
        assertEquals(Reason.OTHER_CONTENT, bad.reason());
        assertKeyringRefuses(raw, as(raw, TAG));
        assertKeyringRefuses(as(raw, SIGSTORE), as(raw, TAG));
    }

    @Test
    void aTagsSignatureIsARawOneOnlyByTheSameKey() {
        String block = new String(signed(tag, PAYLOAD).bytes().toArray(), StandardCharsets.US_ASCII);
        String base64 = block.substring(block.indexOf('\n')).replace("\n", "");
        var bare = new Signature(
                Office.RAW, Encoding.BINARY, Bytes.of(Base64.getDecoder().decode(base64)));
        var verifying = Office.FORMATS.get(Office.RAW).verifying();
        var content = Office.measured(PAYLOAD);
        assertTrue(verifying.isBy(as(tag, Office.RAW).key(), bare, content), "the same bytes by nature");
        assertFalse(verifying.isBy(raw.key(), bare, content));
    }

    /// An engine whose provider lists a key under one bond and opens it under another gives nothing out.
    @Test
    void theEngineRefusesAKeyOfTheOtherFormat() {
        var asTag = Office.engine(RULES, new MemoryKeys().with(as(raw, TAG).key(), raw));
        var refusal = assertThrows(RefusedException.class, () -> asTag.sign(Office.ALICE, request(TAG, NAME, PAYLOAD)));
        assertEquals("key-bond", refusal.rule());
        var asRaw =
                Office.engine(RULES, new MemoryKeys().with(as(tag, Office.RAW).key(), tag));
        refusal = assertThrows(
                RefusedException.class, () -> asRaw.sign(Office.ALICE, request(Office.RAW, NAME, PAYLOAD)));
        assertEquals("key-bond", refusal.rule());
    }

    /// A rule is asked for the name that is signed, and for no other.
    @Test
    void rulesMatchTheNameThatIsSigned() {
        var keys = new MemoryKeys().with(tag);
        var engine = Office.engine(rules("bundle-jira-*"), keys);
        engine.sign(Office.ALICE, request(TAG, NAME, PAYLOAD));
        byte[] other = ascii("tag: release-1.0\nx\n");
        var refusal = assertThrows(
                RefusedException.class, () -> engine.sign(Office.ALICE, request(TAG, "release-1.0", other)));
        assertEquals("signing-rule:all", refusal.rule());
        assertThrows(MalformedException.class, () -> engine.sign(Office.ALICE, request(TAG, NAME, other)));
        assertEquals(1, keys.opened());
    }

    @Test
    void theEngineSignsNoTextThatIsNoTag() {
        var keys = new MemoryKeys().with(tag);
        var engine = Office.engine(RULES, keys);
        for (String content : List.of("", "hello\n", "tag: bundle-jira-1.0\n", "tag: bundle-jira-1.0\r\nx\r\n")) {
            var request = request(TAG, NAME, ascii(content));
            assertThrows(MalformedException.class, () -> engine.sign(Office.ALICE, request), content);
        }
        assertEquals(0, keys.opened());
    }

    @Test
    void aFaultyKeyIsFoundOut() {
        var faulty = tag.answering(value -> {
            value[value.length - 1] ^= 1;
            return value;
        });
        var engine = Office.engine(RULES, new MemoryKeys().with(faulty));
        var request = request(TAG, NAME, PAYLOAD);
        assertThrows(dev.chancery.core.UnavailableException.class, () -> engine.sign(Office.ALICE, request));
    }
}
