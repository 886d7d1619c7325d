// SPDX-License-Identifier: Apache-2.0
package dev.chancery.entry;

import dev.chancery.core.Bytes;
import dev.chancery.core.Digest;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.Signature;
import java.util.Base64;

/// A key, and what it signed: one for each kind that a Rekor entry may have.
record Signed(KeyDetails details, KeyPair pair) {
    static Signed by(KeyDetails details) {
        try {
            boolean rsa = details.name().contains("RSA");
            var generator = KeyPairGenerator.getInstance(rsa ? "RSA" : "EC");
            generator.initialize(Integer.parseInt(details.name().replaceAll("^.*?(?:_P|V15_)([0-9]+)_.*$", "$1")));
            return new Signed(details, generator.generateKeyPair());
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    HashedRekord sign(byte[] content) {
        try {
            var digest = details.digest();
            String hash = digest.standardName().replace("-", "");
            var signing = Signature.getInstance(hash + "with" + (details.name().contains("RSA") ? "RSA" : "ECDSA"));
            signing.initSign(pair.getPrivate());
            signing.update(content);
            byte[] hashed = MessageDigest.getInstance(digest.standardName()).digest(content);
            return new HashedRekord(new Digest(digest, hashed), Bytes.of(signing.sign()), publicKey());
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    Bytes publicKey() {
        return Bytes.of(pair.getPublic().getEncoded());
    }

    String pem() {
        String body = Base64.getMimeEncoder(64, new byte[] {'\n'})
                .encodeToString(pair.getPublic().getEncoded());
        return "-----BEGIN PUBLIC KEY-----\n" + body + "\n-----END PUBLIC KEY-----\n";
    }
}
