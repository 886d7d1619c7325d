// SPDX-License-Identifier: Apache-2.0
package dev.chancery.openpgp;

import dev.chancery.core.Bytes;
import dev.chancery.core.MalformedException;
import dev.chancery.key.Key;
import dev.chancery.key.PublicKey;
import dev.chancery.packet.Octets;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;

/// A version 4 public key packet (RFC 9580, section 5.5.2.2) and the names that follow from it (section
/// 5.5.4.2).
public final class KeyPacket {
    private static final HexFormat HEX = HexFormat.of();
    /// Section 9.2: curve OIDs, without their length octet.
    private static final byte[] CURVE_ED25519_LEGACY = HEX.parseHex("2b06010401da470f01");
    private static final byte[] CURVE_P256 = HEX.parseHex("2a8648ce3d030107");

    /// Version, creation time, algorithm.
    private static final int FIXED_OCTETS = 6;
    /// Section 5.5.4.2: what is hashed has a length of two octets.
    private static final int BODY_OCTETS_MAX = 0xffff;

    private final byte[] body;
    private final int algorithm;
    private final byte[] fingerprint;

    private KeyPacket(byte[] body, int algorithm) {
        this.body = body;
        this.algorithm = algorithm;
        this.fingerprint = sha1(hashed());
    }

    public static KeyPacket of(Key key) {
        return of(key.publicKey(), key.created());
    }

    static KeyPacket of(PublicKey key, Instant created) {
        var octets = new Octets().octet(4).fourOctets(created.getEpochSecond());
        int algorithm = switch (key.scheme()) {
            case ED25519 -> OpenPgpFormat.ALGORITHM_EDDSA_LEGACY;
            case ECDSA_P256 -> OpenPgpFormat.ALGORITHM_ECDSA;
            case RSA -> OpenPgpFormat.ALGORITHM_RSA;
            case ECDSA_P384 -> throw new MalformedException("openpgp takes no ecdsa-p384 key");
        };
        octets.octet(algorithm);
        switch (key.scheme()) {
            case ED25519 -> curve(octets, CURVE_ED25519_LEGACY, prefixed(key.point()));
            case ECDSA_P256, ECDSA_P384 -> curve(octets, CURVE_P256, key.point());
            case RSA -> rsa(octets, key);
        }
        return new KeyPacket(octets.toArray(), algorithm);
    }

    /// The packet of a key that is somebody else's, or whose description is not at hand, from its body.
    ///
    /// Throws `MalformedException` for one that is not of version 4.
    public static KeyPacket parse(Bytes body) {
        byte[] octets = body.toArray();
        if (octets.length < FIXED_OCTETS || octets.length > BODY_OCTETS_MAX || octets[0] != 4) {
            throw new MalformedException("OpenPGP key packet is not one of version 4");
        }
        return new KeyPacket(octets, octets[FIXED_OCTETS - 1] & 0xff);
    }

    private static void curve(Octets octets, byte[] oid, byte[] point) {
        octets.octet(oid.length).octets(oid).multiprecisionInteger(point);
    }

    /// Section 11.2.1: the point in its native form, prefixed by 0x40.
    private static byte[] prefixed(byte[] point) {
        byte[] prefixed = new byte[point.length + 1];
        prefixed[0] = 0x40;
        System.arraycopy(point, 0, prefixed, 1, point.length);
        return prefixed;
    }

    private static void rsa(Octets octets, PublicKey key) {
        try {
            var rsa = (RSAPublicKey) KeyFactory.getInstance("RSA").generatePublic(new X509EncodedKeySpec(key.der()));
            for (BigInteger number : new BigInteger[] {rsa.getModulus(), rsa.getPublicExponent()}) {
                octets.multiprecisionInteger(number.toByteArray());
            }
        } catch (GeneralSecurityException e) {
            throw new AssertionError("a parsed key is parsed again", e);
        }
    }

    byte[] body() {
        return body.clone();
    }

    /// When the key was made, from which its expiry is counted (section 5.2.3.13).
    public Instant created() {
        return Instant.ofEpochSecond(ByteBuffer.wrap(body, 1, Integer.BYTES).getInt() & 0xffff_ffffL);
    }

    int algorithm() {
        return algorithm;
    }

    /// The 20 octets of the version 4 fingerprint.
    public byte[] fingerprint() {
        return fingerprint.clone();
    }

    /// The fingerprint as people and tools write it: 40 upper-case hex digits.
    public String fingerprintText() {
        return HexFormat.of().withUpperCase().formatHex(fingerprint);
    }

    byte[] keyId() {
        return Arrays.copyOfRange(fingerprint, 12, 20);
    }

    /// What stands for the key wherever one is hashed: `99 ‖ length ‖ body` (section 5.2.4).
    byte[] hashed() {
        return new Octets().octet(0x99).twoOctets(body.length).octets(body).toArray();
    }

    /// SHA-1 names version 4 keys and secures nothing here: no signature is made over it alone.
    private static byte[] sha1(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-1").digest(bytes);
        } catch (GeneralSecurityException e) {
            throw new AssertionError("every JDK has SHA-1", e);
        }
    }
}
