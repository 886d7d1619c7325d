// SPDX-License-Identifier: Apache-2.0
package dev.chancery.server.auth;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.OctetKeyPair;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jwt.SignedJWT;
import dev.chancery.core.Bytes;
import dev.chancery.core.MalformedException;
import dev.chancery.json.Json;
import dev.chancery.json.JsonLimits;
import dev.chancery.key.PublicKey;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.text.ParseException;
import java.util.Locale;
import java.util.Set;

/// A token of an identity provider that was taken apart (JWS compact serialization, RFC 7515, section 3.1),
/// and whether a key signed it. Nothing in it is believed before that but where to look for the key.
final class IdentityToken {
    /// Characters of a token: with many claims they have 4,000.
    static final int CHARACTERS_MAX = 12_000;

    /// What a token of this use may call itself (RFC 8725, section 3.11), in lower case; or nothing.
    private static final Set<String> TYPES = Set.of("jwt", "at+jwt", "application/at+jwt");

    private final SignedJWT signed;
    private final Json.Members claims;

    private IdentityToken(SignedJWT signed, Json.Members claims) {
        this.signed = signed;
        this.claims = claims;
    }

    static IdentityToken parse(String text) {
        if (text.length() > CHARACTERS_MAX) {
            throw new MalformedException(
                    "token has %d characters, more than %d".formatted(text.length(), CHARACTERS_MAX));
        }
        try {
            var signed = SignedJWT.parse(text);
            // Our reader is stricter than the library's: a field that stands there twice has no meaning.
            Json claims = Json.parse(
                            Bytes.of(signed.getPayload().toBytes()), "token", JsonLimits.foreign(CHARACTERS_MAX))
                    .json();
            if (claims instanceof Json.Members members) {
                return new IdentityToken(signed, members);
            }
            throw new MalformedException("token has claims that are no object");
        } catch (ParseException | RuntimeException e) {
            // The library's own faults have the token's text in them.
            throw new MalformedException("token is not a signed JWT");
        }
    }

    Json.Members claims() {
        return claims;
    }

    /// The claim `iss`, which nobody vouches for yet.
    String issuer() {
        return claims.fields().get("iss") instanceof Json.Text text ? text.value() : "";
    }

    /// The header's `kid`.
    String keyId() {
        String id = signed.getHeader().getKeyID();
        return id == null ? "" : id;
    }

    /// Why the header is not one that is taken; empty when it is.
    String headerFault(Set<Issuer.Algorithm> allowed) {
        JWSHeader header = signed.getHeader();
        String type = header.getType() == null ? "jwt" : header.getType().getType();
        if (allowed.stream()
                .noneMatch(a -> a.label().equals(header.getAlgorithm().getName()))) {
            return "algorithm %s is not allowed".formatted(header.getAlgorithm().getName());
        }
        if (!TYPES.contains(type.toLowerCase(Locale.ROOT))) {
            return "it is of another type of token";
        }
        boolean plain =
                header.getCriticalParams() == null || header.getCriticalParams().isEmpty();
        if (!plain || !header.isBase64URLEncodePayload()) {
            return "its header demands what is not known here";
        }
        return keyId().isEmpty() ? "its header names no key" : "";
    }

    /// Whether the key made the signature, by the algorithm of the header, which was allowed.
    boolean isSignedBy(JWK key) {
        var algorithm = signed.getHeader().getAlgorithm();
        boolean other =
                key.getAlgorithm() != null && !key.getAlgorithm().getName().equals(algorithm.getName());
        boolean forEncryption = key.getKeyUse() != null && !key.getKeyUse().equals(KeyUse.SIGNATURE);
        if (other || forEncryption) {
            return false;
        }
        try {
            return switch (Issuer.Algorithm.parse(algorithm.getName())) {
                case RS256 ->
                    key instanceof RSAKey rsa
                            && rsa.size() >= PublicKey.RSA_BITS_MIN
                            && signed.verify(new RSASSAVerifier(rsa));
                case ES256 ->
                    key instanceof ECKey ec
                            && ec.getCurve().equals(Curve.P_256)
                            && signed.verify(new ECDSAVerifier(ec));
                case EDDSA ->
                    key instanceof OctetKeyPair pair && pair.getCurve().equals(Curve.Ed25519) && isSignedBy(pair);
            };
        } catch (JOSEException | GeneralSecurityException | MalformedException e) {
            return false;
        }
    }

    /// By the JDK: the library leaves Ed25519 to another one.
    private boolean isSignedBy(OctetKeyPair key) throws GeneralSecurityException {
        var spec = new X509EncodedKeySpec(PublicKey.ed25519(key.getX().decode()).der());
        var check = Signature.getInstance("Ed25519");
        check.initVerify(KeyFactory.getInstance("Ed25519").generatePublic(spec));
        check.update(signed.getSigningInput());
        return check.verify(signed.getSignature().decode());
    }
}
