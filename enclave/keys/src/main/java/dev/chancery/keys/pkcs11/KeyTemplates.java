// SPDX-License-Identifier: Apache-2.0
package dev.chancery.keys.pkcs11;

import dev.chancery.core.Bytes;
import dev.chancery.key.KeyAlgorithm;
import dev.chancery.keys.handle.NewKey;
import java.util.HexFormat;
import java.util.List;

/// How a key pair is asked for: the mechanism, and the attributes of both halves (PKCS #11 v3.0 Current
/// Mechanisms, sections 2.1.4 and 2.3.5 to 2.3.8).
record KeyTemplates(KeyAlgorithm algorithm, Bytes id, String label) {
    /// Object identifiers in DER (RFC 5480, section 2.1.1.1; RFC 8410, section 3).
    private static final String P256 = "06082a8648ce3d030107";

    private static final String P384 = "06052b81040022";
    private static final String ED25519_OID = "06032b6570";
    /// `PrintableString` "edwards25519": the other name, which some tokens want.
    private static final String ED25519_NAME = "130c656477617264733235353139";

    /// The label is for people who list the token; nothing depends on it.
    static KeyTemplates of(NewKey key, byte[] id) {
        return new KeyTemplates(
                key.algorithm(), Bytes.of(id), "chancery %s %s".formatted(key.authority(), key.format()));
    }

    long mechanism() {
        return switch (algorithm.scheme()) {
            case RSA -> Ck.CKM_RSA_PKCS_KEY_PAIR_GEN;
            case ECDSA_P256, ECDSA_P384 -> Ck.CKM_EC_KEY_PAIR_GEN;
            case ED25519 -> Ck.CKM_EC_EDWARDS_KEY_PAIR_GEN;
        };
    }

    /// `CKA_EC_PARAMS` to try one after the other; one empty one where there is no curve.
    List<byte[]> curves() {
        return switch (algorithm.scheme()) {
            case RSA -> List.of(new byte[0]);
            case ECDSA_P256 -> List.of(der(P256));
            case ECDSA_P384 -> List.of(der(P384));
            case ED25519 -> List.of(der(ED25519_OID), der(ED25519_NAME));
        };
    }

    private static byte[] der(String hex) {
        return HexFormat.of().parseHex(hex);
    }

    /// How much is asked for that nothing here depends on: tokens that do not take it are asked for less.
    enum Wish {
        /// That nobody can change the objects (`CKA_MODIFIABLE` false), and that the public one verifies.
        ALL,
        /// That the public one verifies.
        VERIFYING,
        /// Neither: tpm2-pkcs11 says of curves that they do not verify.
        LEAST
    }

    Template publicKey(byte[] curve, Wish wish) {
        var template = common(wish).with(Ck.CKA_PRIVATE, false);
        if (wish != Wish.LEAST) {
            template = template.with(Ck.CKA_VERIFY, true);
        }
        return switch (algorithm.scheme()) {
            case RSA ->
                template.with(Ck.CKA_ENCRYPT, false)
                        .with(Ck.CKA_WRAP, false)
                        .with(Ck.CKA_MODULUS_BITS, algorithm.bits())
                        .with(Ck.CKA_PUBLIC_EXPONENT, new byte[] {1, 0, 1});
            case ECDSA_P256, ECDSA_P384, ED25519 -> template.with(Ck.CKA_EC_PARAMS, curve);
        };
    }

    Template privateKey(Wish wish) {
        return common(wish)
                .with(Ck.CKA_PRIVATE, true)
                .with(Ck.CKA_SENSITIVE, true)
                .with(Ck.CKA_EXTRACTABLE, false)
                .with(Ck.CKA_SIGN, true)
                .with(Ck.CKA_SIGN_RECOVER, false)
                .with(Ck.CKA_DECRYPT, false)
                .with(Ck.CKA_UNWRAP, false)
                .with(Ck.CKA_DERIVE, false);
    }

    private Template common(Wish wish) {
        var template = new Template()
                .with(Ck.CKA_TOKEN, true)
                .with(Ck.CKA_ID, id.toArray())
                .with(Ck.CKA_LABEL, label);
        return wish == Wish.ALL ? template.with(Ck.CKA_MODIFIABLE, false) : template;
    }
}
