// SPDX-License-Identifier: Apache-2.0
package dev.chancery.keys.pkcs11;

import dev.chancery.core.MalformedException;
import dev.chancery.core.RefusedException;
import dev.chancery.core.UnavailableException;
import dev.chancery.key.PublicKey;
import dev.chancery.key.Scheme;
import dev.chancery.keys.handle.NewKey;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.HexFormat;

/// Key objects in the token: made, found, and looked at before they are believed.
final class KeyObjects {
    private static final String RULE = "token-key";

    private KeyObjects() {}

    /// Makes a pair and reads back what the token made of it. What is not as it was asked for is destroyed.
    ///
    /// Throws `RefusedException` (rule `token-key`) then, and `UnavailableException` when the token makes
    /// none: a second try after a lost answer would make a second key.
    static PublicKey generate(Session session, NewKey wanted, byte[] id) {
        return session.writable(writing -> {
            try {
                var made = generate(writing, KeyTemplates.of(wanted, id));
                requireAsBorn(writing, made.privateKey());
                return publicKey(writing, made.publicKey(), wanted.algorithm().scheme());
            } catch (CryptokiException e) {
                destroy(writing, id);
                String what = e.value().saysFull() ? "the token is full" : "the token made no key";
                throw new UnavailableException("%s: %s".formatted(what, e.sentence()), e);
            } catch (RefusedException | MalformedException e) {
                destroy(writing, id);
                throw e;
            }
        });
    }

    /// Asks for all that is wished first: not every token takes that. One that fails without saying why may
    /// have made half of a pair, which goes before the next is asked for.
    private static Cryptoki.KeyPair generate(Session session, KeyTemplates templates) {
        CryptokiException last = null;
        for (var wish : KeyTemplates.Wish.values()) {
            for (byte[] curve : templates.curves()) {
                try {
                    return session.cryptoki()
                            .generateKeyPair(
                                    session.handle(),
                                    templates.mechanism(),
                                    templates.publicKey(curve, wish),
                                    templates.privateKey(wish));
                } catch (CryptokiException e) {
                    // Some say no more of an attribute than that.
                    if (!e.value().saysTemplate() && e.value() != ReturnValue.CKR_GENERAL_ERROR) {
                        throw e;
                    }
                    destroy(session, templates.id().toArray());
                    last = e;
                }
            }
        }
        throw java.util.Objects.requireNonNull(last, "there is at least one curve");
    }

    /// Both halves, as far as they are there. What cannot be destroyed stays: no handle names it.
    static void destroy(Session session, byte[] id) {
        for (long type : new long[] {Ck.CKO_PRIVATE_KEY, Ck.CKO_PUBLIC_KEY}) {
            try {
                for (long object : session.cryptoki().findObjects(session.handle(), search(type, id), 2)) {
                    session.cryptoki().destroyObject(session.handle(), object);
                }
            } catch (CryptokiException e) {
                // The caller has a better reason to tell.
            }
        }
    }

    private static Template search(long type, byte[] id) {
        return new Template().with(Ck.CKA_CLASS, type).with(Ck.CKA_ID, id);
    }

    /// The private key that a handle names, after all checks; the second time from memory.
    ///
    /// Throws `RefusedException` (rule `token-key`) when the token has no such key, two of them, one that
    /// could be read out, or one with another public half.
    static long privateKey(Session session, TokenHandle handle) {
        Long known = session.privateKeys().get(handle.key().id());
        if (known != null) {
            return known;
        }
        byte[] id = handle.objectId();
        long privateKey = one(session, Ck.CKO_PRIVATE_KEY, id);
        requireAsBorn(session, privateKey);
        var scheme = handle.key().publicKey().scheme();
        var there = publicKey(session, one(session, Ck.CKO_PUBLIC_KEY, id), scheme);
        if (!there.equals(handle.key().publicKey())) {
            throw new RefusedException(
                    RULE,
                    "the token's key for %s is another one, %s"
                            .formatted(handle.key().id(), there.id()));
        }
        session.privateKeys().put(handle.key().id(), privateKey);
        return privateKey;
    }

    private static long one(Session session, long type, byte[] id) {
        long[] found = session.cryptoki().findObjects(session.handle(), search(type, id), 2);
        if (found.length != 1) {
            throw new RefusedException(
                    RULE,
                    "the token has %s %s key with the CKA_ID %s, which follows from what the handle says"
                            .formatted(
                                    found.length == 0 ? "no" : "more than one",
                                    type == Ck.CKO_PRIVATE_KEY ? "private" : "public",
                                    HexFormat.of().formatHex(id)));
        }
        return found[0];
    }

    /// Made in this token, never outside it, by somebody who was logged in, and for signing only.
    private static void requireAsBorn(Session session, long privateKey) {
        require(session, privateKey, Ck.CKA_PRIVATE, "can be used without the PIN");
        require(session, privateKey, Ck.CKA_LOCAL, "was not made in the token");
        require(session, privateKey, Ck.CKA_SENSITIVE, "is not sensitive");
        require(session, privateKey, Ck.CKA_ALWAYS_SENSITIVE, "was not always sensitive");
        require(session, privateKey, Ck.CKA_NEVER_EXTRACTABLE, "was extractable once");
        require(session, privateKey, Ck.CKA_SIGN, "does not sign");
        requireNot(session, privateKey, Ck.CKA_EXTRACTABLE, "is extractable");
        for (long use : new long[] {Ck.CKA_DECRYPT, Ck.CKA_UNWRAP, Ck.CKA_DERIVE}) {
            requireNot(session, privateKey, use, "may do more than sign");
        }
    }

    private static void require(Session session, long object, long attribute, String fault) {
        if (!session.flag(object, attribute)) {
            throw new RefusedException(RULE, "the private key in the token " + fault);
        }
    }

    /// What a kind of key does not have, it does not do: `CKR_ATTRIBUTE_TYPE_INVALID` is as good as false.
    private static void requireNot(Session session, long object, long attribute, String fault) {
        boolean there;
        try {
            there = session.flag(object, attribute);
        } catch (CryptokiException e) {
            if (e.value() != ReturnValue.CKR_ATTRIBUTE_TYPE_INVALID) {
                throw e;
            }
            there = false;
        }
        if (there) {
            throw new RefusedException(RULE, "the private key in the token " + fault);
        }
    }

    private static PublicKey publicKey(Session session, long object, Scheme scheme) {
        return switch (scheme) {
            case RSA ->
                PublicKey.rsa(
                        new BigInteger(1, session.bytes(object, Ck.CKA_MODULUS)),
                        new BigInteger(1, session.bytes(object, Ck.CKA_PUBLIC_EXPONENT)));
            case ECDSA_P256 -> PublicKey.ecdsaP256(point(session.bytes(object, Ck.CKA_EC_POINT), 65));
            case ECDSA_P384 -> PublicKey.ecdsaP384(point(session.bytes(object, Ck.CKA_EC_POINT), 97));
            case ED25519 -> PublicKey.ed25519(point(session.bytes(object, Ck.CKA_EC_POINT), 32));
        };
    }

    /// A point in the OCTET STRING that PKCS #11 wants around it (Current Mechanisms v3.0, section 2.3.3),
    /// or bare, as some tokens give it. Their lengths tell them apart.
    private static byte[] point(byte[] value, int length) {
        if (value.length == length) {
            return value;
        }
        if (value.length == length + 2 && value[0] == 0x04 && value[1] == length) {
            return Arrays.copyOfRange(value, 2, value.length);
        }
        throw new MalformedException(
                "the token's public key has a point of %d bytes, not %d".formatted(value.length, length));
    }
}
