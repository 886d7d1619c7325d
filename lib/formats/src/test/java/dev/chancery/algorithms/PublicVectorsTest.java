// SPDX-License-Identifier: Apache-2.0
package dev.chancery.algorithms;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.chancery.core.Bytes;
import dev.chancery.core.Digest;
import dev.chancery.core.DigestAlgorithm;
import dev.chancery.core.MalformedException;
import dev.chancery.json.Json;
import dev.chancery.key.PublicKey;
import dev.chancery.key.Scheme;
import dev.chancery.key.SignatureCheck;
import dev.chancery.key.SignatureValue;
import dev.chancery.key.ToBeSigned;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Wycheproof and CCTV: every vector of every file, each verdict from the vectors' own words by one rule.
class PublicVectorsTest {
    /// FIPS 186-5, section 5.1: "The exponent e shall be an odd, positive integer such that 2^16 < e < 2^256."
    private static final BigInteger EXPONENT_MIN = BigInteger.valueOf(65537);

    static Stream<Arguments> wycheproof() {
        return Stream.of(
                        "ed25519",
                        "ecdsa_secp256r1_sha256",
                        "ecdsa_secp384r1_sha384",
                        "rsa_signature_2048_sha256",
                        "rsa_signature_3072_sha256",
                        "rsa_signature_4096_sha256",
                        "rsa_signature_4096_sha512")
                .flatMap(name -> Checks.all().stream().map(check -> Arguments.of(name, check)));
    }

    @ParameterizedTest
    @MethodSource
    void wycheproof(String name, SignatureCheck check) throws Exception {
        Json file = PublicVectors.read("wycheproof/" + name + "_test.json");
        var failures = new ArrayList<String>();
        int count = 0;
        for (Json group : PublicVectors.list(file, "testGroups")) {
            var tests = PublicVectors.list(group, "tests");
            count += tests.size();
            if (exponent(group).compareTo(EXPONENT_MIN) < 0) {
                assertThrows(MalformedException.class, () -> publicKey(group));
                continue;
            }
            PublicKey key = publicKey(group);
            for (Json test : tests) {
                boolean holds = check.holds(key, toBeSigned(group, key, test), value(test));
                if (holds != isRight(test)) {
                    failures.add(test + " " + holds);
                }
            }
        }
        assertEquals(count, ((Json.Whole) PublicVectors.field(file, "numberOfTests")).value());
        judge(name, count, failures);
    }

    /// `acceptable` stands for one thing, a missing NULL: RFC 8017, appendix A.2.4: "the parameters field
    /// associated with id-sha1, id-sha224, id-sha256, id-sha384, id-sha512 [...] SHALL have a value of type
    /// NULL" in EMSA-PKCS1-v1_5.
    private static boolean isRight(Json test) {
        String result = PublicVectors.text(test, "result");
        if (result.equals("acceptable")) {
            assertEquals(Set.of("MissingNull"), PublicVectors.flags(test));
        }
        return result.equals("valid");
    }

    private static BigInteger exponent(Json group) {
        return PublicVectors.text(group, "type").equals("RsassaPkcs1Verify")
                ? new BigInteger(PublicVectors.text(PublicVectors.field(group, "publicKey"), "publicExponent"), 16)
                : EXPONENT_MIN;
    }

    private static PublicKey publicKey(Json group) {
        return PublicKey.parse(PublicVectors.hex(group, "publicKeyDer"));
    }

    private static ToBeSigned toBeSigned(Json group, PublicKey key, Json test) throws NoSuchAlgorithmException {
        byte[] message = PublicVectors.hex(test, "msg");
        if (key.scheme() == Scheme.ED25519) {
            return new ToBeSigned.OfMessage(Bytes.of(message));
        }
        String sha = PublicVectors.text(group, "sha");
        var algorithm = DigestAlgorithm.valueOf(sha.replace("-", ""));
        return new ToBeSigned.OfDigest(
                new Digest(algorithm, MessageDigest.getInstance(sha).digest(message)));
    }

    private static SignatureValue value(Json test) {
        return SignatureValue.of(PublicVectors.hex(test, "sig"));
    }

    static Stream<Arguments> cctv() {
        return Checks.all().stream().map(Arguments::of);
    }

    /// RFC 8032, section 5.1.7: it is "sufficient, but not required" to check `[S]B = R + [k]A`. Stock
    /// verifiers check just that and compare the encoding of R, which is the rule that CCTV calls the common
    /// one.
    @ParameterizedTest
    @MethodSource
    void cctv(SignatureCheck check) throws IOException {
        var failures = new ArrayList<String>();
        var tests = PublicVectors.list(PublicVectors.read("cctv/ed25519vectors.json"));
        for (Json test : tests) {
            var flags = PublicVectors.flags(test);
            boolean right = !flags.contains("non_canonical_R") && !flags.contains("low_order_residue");
            var key = PublicKey.ed25519(PublicVectors.hex(test, "key"));
            var message = Bytes.of(PublicVectors.text(test, "msg").getBytes(StandardCharsets.UTF_8));
            if (check.holds(key, new ToBeSigned.OfMessage(message), value(test)) != right) {
                failures.add(test.toString());
            }
        }
        judge("cctv/ed25519", tests.size(), failures);
    }

    private static void judge(String name, int count, List<String> failures) {
        System.out.println("%s: %d vectors, %d failures".formatted(name, count, failures.size()));
        assertTrue(count > 0);
        assertEquals(List.of(), failures);
    }

    static Stream<Arguments> checks() {
        return cctv();
    }

    /// A curve point that is none: "publicKey.parse" leaves that to the checks.
    @ParameterizedTest
    @MethodSource("checks")
    void aPointOffItsCurveSignsNothing(SignatureCheck check) {
        byte[] point = new byte[65];
        point[0] = 4;
        point[64] = 7;
        var digest = new ToBeSigned.OfDigest(new Digest(DigestAlgorithm.SHA256, new byte[32]));
        var value = SignatureValue.of(HexFormat.of().parseHex("3006020101020101"));
        assertEquals(false, check.holds(PublicKey.ecdsaP256(point), digest, value));
        byte[] offEdwards = new byte[32];
        offEdwards[0] = 2;
        var message = new ToBeSigned.OfMessage(Bytes.of(new byte[0]));
        assertEquals(false, check.holds(PublicKey.ed25519(offEdwards), message, SignatureValue.of(new byte[64])));
    }
}
