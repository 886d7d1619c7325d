// SPDX-License-Identifier: Apache-2.0
package dev.chancery.openpgp6;

import dev.chancery.core.MalformedException;
import dev.chancery.key.Key;
import dev.chancery.key.PublicKey;
import dev.chancery.key.Scheme;
import dev.chancery.packet.Octets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.HexFormat;

/// A version 6 public key packet (RFC 9580, section 5.5.2.3) and its fingerprint (section 5.5.4.3).
public final class KeyPacket {
    private final byte[] body;

    private KeyPacket(byte[] body) {
        this.body = body;
    }

    public static KeyPacket of(Key key) {
        return of(key.publicKey(), key.created());
    }

    static KeyPacket of(PublicKey key, Instant created) {
        if (key.scheme() != Scheme.ED25519) {
            throw new MalformedException("openpgp6 takes no %s key, only ed25519".formatted(key.scheme()));
        }
        byte[] point = key.point();
        return new KeyPacket(new Octets()
                .octet(OpenPgp6Format.VERSION)
                .fourOctets(created.getEpochSecond())
                .octet(OpenPgp6Format.ALGORITHM_ED25519)
                .fourOctets(point.length)
                .octets(point)
                .toArray());
    }

    byte[] body() {
        return body.clone();
    }

    /// The 32 octets of the version 6 fingerprint.
    public byte[] fingerprint() {
        try {
            return MessageDigest.getInstance("SHA-256").digest(hashed());
        } catch (GeneralSecurityException e) {
            throw new AssertionError("every JDK has SHA-256", e);
        }
    }

    /// The fingerprint as people and tools write it: 64 upper-case hex digits.
    public String fingerprintText() {
        return HexFormat.of().withUpperCase().formatHex(fingerprint());
    }

    /// What stands for the key wherever one is hashed: `9B ‖ length in four octets ‖ body` (section 5.2.4).
    byte[] hashed() {
        return new Octets().octet(0x9b).fourOctets(body.length).octets(body).toArray();
    }
}
