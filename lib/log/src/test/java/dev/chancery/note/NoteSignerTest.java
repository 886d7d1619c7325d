// SPDX-License-Identifier: Apache-2.0
package dev.chancery.note;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.chancery.core.Bytes;
import dev.chancery.core.MalformedException;
import dev.chancery.core.RefusedException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NoteSignerTest {
    private static final String TEXT = "text\n";

    /// RFC 8032, section 7.1, tests 1 to 3: the public key of a private key.
    @ParameterizedTest
    @CsvSource({
        "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60,"
                + "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
        "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb,"
                + "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c",
        "c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7,"
                + "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025"
    })
    void thePublicKeyIsThatOfTheStandard(String privateKey, String publicKey) {
        Bytes pkcs8 = SampleSigners.pkcs8(HexFormat.of().parseHex(privateKey));
        var signer = NoteSigner.ofPrivateKey(KeyType.ED25519, new KeyName("a"), pkcs8);
        assertEquals(publicKey, signer.key().publicKey().toString());
    }

    @Test
    void cosignaturesBearTheirTime() {
        var witness = SampleSigners.witness("witness.example.com/w1");
        var time = Instant.parse("2023-03-20T13:32:27Z");
        var note = new SignedNote(TEXT, List.of(witness.cosign(TEXT, time)));
        var signer = note.open(List.of(witness.key())).signers().getFirst();
        assertEquals(Optional.of(time), signer.time());
        byte[] blob = note.signatures().getFirst().blob().toArray();
        blob[Long.BYTES - 1] ^= 1;
        var later = new NoteSignature(witness.key().name(), witness.key().id(), Bytes.of(blob));
        assertThrows(RefusedException.class, () -> new SignedNote(TEXT, List.of(later)).open(List.of(witness.key())));
    }

    /// C2SP `tlog-cosignature`, "Ed25519 signed message".
    @Test
    void theCosignedMessageIsThatOfTheStandard() {
        String body = "example.com/behind-the-sofa\n20852163\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n";
        assertEquals(
                NoteText.bytes("cosignature/v1\ntime 1679315147\n" + body),
                Bytes.of(VerifierKey.cosigned(1_679_315_147L, body)));
    }

    @Test
    void timesEndWithTheYear9999() {
        var witness = SampleSigners.witness("w");
        var last = Instant.ofEpochSecond(VerifierKey.TIME_SECONDS_MAX);
        var note = new SignedNote(TEXT, List.of(witness.cosign(TEXT, last)));
        assertEquals(
                Optional.of(last),
                note.open(List.of(witness.key())).signers().getFirst().time());
        assertThrows(MalformedException.class, () -> witness.cosign(TEXT, last.plusSeconds(1)));
        assertThrows(MalformedException.class, () -> witness.cosign(TEXT, Instant.EPOCH));
    }

    @Test
    void aKeySignsByItsTypeOnly() {
        assertThrows(IllegalStateException.class, () -> SampleSigners.log("a").cosign(TEXT, Instant.ofEpochSecond(1)));
        assertThrows(
                IllegalStateException.class, () -> SampleSigners.witness("a").sign(TEXT));
    }

    @Test
    void anotherKindOfKeyIsMalformedAndNotRepeated() {
        Bytes key = SampleSigners.newEcKey();
        var fault = assertThrows(
                MalformedException.class, () -> NoteSigner.ofPrivateKey(KeyType.ED25519, new KeyName("a"), key));
        assertFalse(fault.sentence().contains(key.toString().substring(20, 40)));
        assertThrows(
                MalformedException.class,
                () -> NoteSigner.ofPrivateKey(KeyType.ED25519, new KeyName("a"), Bytes.of(new byte[3])));
    }

    @Test
    void verifierKeysReadBack() {
        for (var key : List.of(
                SampleSigners.log("log.example").key(),
                SampleSigners.witness("w.example").key())) {
            assertEquals(key, VerifierKey.parse(key.toString()));
        }
        var one = SampleSigners.log("same").key();
        var other = SampleSigners.witness("same").key();
        assertEquals(one.publicKey(), other.publicKey());
        assertFalse(one.id() == other.id());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "a",
                "a+530d903a",
                "example.com/foo+530d903a+",
                "example.com/foo+530d903b+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k",
                "example.com/foo+530D903A+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k",
                "example.com/bar+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k",
                "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2=",
                "example.com/foo+530d903a+BukyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k",
                "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U0=",
                "+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k"
            })
    void whatIsNoVerifierKey(String text) {
        assertThrows(MalformedException.class, () -> VerifierKey.parse(text));
    }

    /// y = 2 has no x on the curve.
    @Test
    void aPublicKeyIsAPoint() {
        byte[] key = new byte[Ed25519.PUBLIC_KEY_BYTES];
        key[0] = 2;
        assertThrows(MalformedException.class, () -> new VerifierKey(KeyType.ED25519, new KeyName("a"), Bytes.of(key)));
    }
}
