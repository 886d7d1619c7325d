// SPDX-License-Identifier: Apache-2.0
package dev.chancery.packet;

import dev.chancery.core.Encoding;

/// Numbers of RFC 9580 that mean the same in every version.
public final class PacketNumbers {
    /// Section 5: packet types.
    public static final int TAG_SIGNATURE = 2;

    public static final int TAG_SECRET_KEY = 5;
    public static final int TAG_PUBLIC_KEY = 6;
    public static final int TAG_SECRET_SUBKEY = 7;
    public static final int TAG_USER_ID = 13;
    public static final int TAG_PUBLIC_SUBKEY = 14;
    public static final int TAG_USER_ATTRIBUTE = 17;

    /// Section 5.2.1: signature types.
    public static final int TYPE_BINARY = 0x00;

    public static final int TYPE_TEXT = 0x01;
    public static final int TYPE_GENERIC_CERTIFICATION = 0x10;
    public static final int TYPE_POSITIVE_CERTIFICATION = 0x13;
    public static final int TYPE_SUBKEY_BINDING = 0x18;
    public static final int TYPE_PRIMARY_KEY_BINDING = 0x19;
    public static final int TYPE_DIRECT_KEY = 0x1f;
    public static final int TYPE_KEY_REVOCATION = 0x20;
    public static final int TYPE_SUBKEY_REVOCATION = 0x28;

    /// Section 5.2.3.7: subpacket types; 0x80 marks a critical one.
    public static final int CRITICAL = 0x80;

    public static final int CREATION_TIME = 2;
    public static final int KEY_EXPIRATION_TIME = 9;
    public static final int ISSUER_KEY_ID = 16;
    public static final int NOTATION = 20;
    public static final int PRIMARY_USER_ID = 25;
    public static final int KEY_FLAGS = 27;
    public static final int REVOCATION_REASON = 29;
    public static final int EMBEDDED_SIGNATURE = 32;
    public static final int ISSUER_FINGERPRINT = 33;

    /// Section 5.2.3.29: key flags.
    public static final int MAY_CERTIFY = 0x01;

    public static final int MAY_SIGN = 0x02;

    /// Section 9.5: the hash function of all that is made here.
    public static final int HASH_SHA512 = 10;

    private PacketNumbers() {}

    public static boolean isPublicKey(int tag) {
        return tag == TAG_PUBLIC_KEY || tag == TAG_PUBLIC_SUBKEY;
    }

    /// What a data signature of this encoding is over: bytes, or a text.
    public static int signatureType(Encoding encoding) {
        return encoding == Encoding.CLEARTEXT ? TYPE_TEXT : TYPE_BINARY;
    }
}
