// SPDX-License-Identifier: Apache-2.0
package dev.chancery.server.transit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.chancery.algorithms.PublicKeyPem;
import dev.chancery.core.Authority;
import dev.chancery.core.Bytes;
import dev.chancery.core.MalformedException;
import dev.chancery.key.PublicKey;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TransitKeyTest {
    private static final Authority QA = new Authority("qa");

    private PublicKey first;
    private PublicKey second;
    private Bytes file;

    @BeforeEach
    void makeKeys() throws GeneralSecurityException {
        first = key();
        second = key();
        String pem = PublicKeyPem.write(first) + PublicKeyPem.write(second);
        file = Bytes.of(pem.getBytes(StandardCharsets.US_ASCII));
    }

    private static PublicKey key() throws GeneralSecurityException {
        var generator = KeyPairGenerator.getInstance("Ed25519");
        return PublicKey.parse(generator.generateKeyPair().getPublic().getEncoded());
    }

    @Test
    void versionsAreCountedInTheOrderOfTheFile() {
        var key = TransitKey.of(QA, file, Set.of(first.id(), second.id()));
        assertEquals(first, key.version(1));
        assertEquals(second, key.version(2));
        assertThrows(MalformedException.class, () -> key.version(0));
        assertThrows(MalformedException.class, () -> key.version(3));
    }

    /// A next key is published before it signs, and an old one stays published when it no longer does.
    @Test
    void theLatestIsTheLastThatSigns() {
        assertEquals(1, TransitKey.of(QA, file, Set.of(first.id())).latest());
        assertEquals(2, TransitKey.of(QA, file, Set.of(second.id())).latest());
        assertEquals(2, TransitKey.of(QA, file, Set.of(first.id(), second.id())).latest());
        assertEquals(2, TransitKey.of(QA, file, Set.of()).latest());
    }

    /// `latest_version` is a number, versions are texts, and Ed25519 keys are 32 bytes: as Vault has it.
    @Test
    void itIsDescribedAsVaultDoes() {
        String json = TransitKey.of(QA, file, Set.of(first.id())).json().line();
        assertTrue(json.contains("\"type\":\"ed25519\""), json);
        assertTrue(json.contains("\"latest_version\":1"), json);
        assertTrue(json.matches(".*\"2\":\\{\"public_key\":\"[A-Za-z0-9+/]{43}=\"}.*"), json);
    }

    @Test
    void signaturesHaveTheirVersion() {
        var signature = TransitSignature.parse("vault:v12:AAECAw==");
        assertEquals(12, signature.version());
        assertEquals("vault:v12:AAECAw==", signature.toString());
        assertThrows(MalformedException.class, () -> TransitSignature.parse("vault:v1:A"));
        assertThrows(MalformedException.class, () -> TransitSignature.parse("vault:v1:"));
    }
}
