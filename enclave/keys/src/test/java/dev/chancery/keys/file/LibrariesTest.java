// SPDX-License-Identifier: Apache-2.0
package dev.chancery.keys.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.amazon.corretto.crypto.provider.AmazonCorrettoCryptoProvider;
import dev.chancery.core.Bytes;
import dev.chancery.core.DigestAlgorithm;
import dev.chancery.key.KeyAlgorithm;
import dev.chancery.key.PublicKey;
import dev.chancery.key.Scheme;
import dev.chancery.key.ToBeSigned;
import dev.chancery.keys.handle.SampleKeys;
import dev.chancery.keys.handle.SecretBytes;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class LibrariesTest {
    private static final byte[] MESSAGE = "some content".getBytes(StandardCharsets.UTF_8);

    private static PublicKey publicKey(KeyAlgorithm algorithm) {
        return PrivateKeyInfo.publicKey(algorithm.scheme(), Sample.privateKey(algorithm));
    }

    private static PrivateKeyLibrary provider() {
        var provider = AmazonCorrettoCryptoProvider.INSTANCE;
        assumeTrue(
                provider.getLoadingError() == null,
                "skipped: Amazon's provider does not load: " + provider.getLoadingError());
        return new ProviderLibrary(provider);
    }

    private static void assertSigns(PrivateKeyLibrary library, KeyAlgorithm algorithm) {
        var publicKey = publicKey(algorithm);
        var operation = library.load(publicKey, Sample.privateKey(algorithm));
        // The pool hands the same objects out again, so more than one signature by more than one thread.
        boolean allHold = IntStream.range(0, 40).parallel().allMatch(i -> {
            byte[] message = (i + " of many").getBytes(StandardCharsets.UTF_8);
            var signature = operation.sign(SampleKeys.toBeSigned(publicKey.scheme(), message));
            return SampleKeys.holds(publicKey, message, signature) && !SampleKeys.holds(publicKey, MESSAGE, signature);
        });
        assertTrue(allHold);
    }

    @ParameterizedTest
    @EnumSource(KeyAlgorithm.class)
    void theQuickLibrarySigns(KeyAlgorithm algorithm) {
        assertSigns(new QuickStartLibrary(), algorithm);
    }

    @ParameterizedTest
    @EnumSource(KeyAlgorithm.class)
    void theProviderSigns(KeyAlgorithm algorithm) {
        assertSigns(provider(), algorithm);
    }

    @ParameterizedTest
    @EnumSource(names = {"ED25519", "RSA_3072"})
    void librariesAgreeWhereTheAlgorithmIsDeterministic(KeyAlgorithm algorithm) {
        var toBeSigned = SampleKeys.toBeSigned(algorithm.scheme(), MESSAGE);
        assertEquals(
                new QuickStartLibrary()
                        .load(publicKey(algorithm), Sample.privateKey(algorithm))
                        .sign(toBeSigned),
                provider()
                        .load(publicKey(algorithm), Sample.privateKey(algorithm))
                        .sign(toBeSigned));
    }

    @ParameterizedTest
    @EnumSource(KeyAlgorithm.class)
    void whatDoesNotFitTheSchemeIsNotSigned(KeyAlgorithm algorithm) {
        var wrong = algorithm.scheme() == Scheme.ED25519
                ? new ToBeSigned.OfDigest(SampleKeys.digest(DigestAlgorithm.SHA256, MESSAGE))
                : new ToBeSigned.OfMessage(Bytes.of(MESSAGE));
        for (var library : new PrivateKeyLibrary[] {new QuickStartLibrary(), provider()}) {
            var operation = library.load(publicKey(algorithm), Sample.privateKey(algorithm));
            assertThrows(IllegalArgumentException.class, () -> operation.sign(wrong));
        }
    }

    /// RFC 8032, section 7.1, test 3.
    @Test
    void ed25519SignsAsTheStandardSays() {
        var seed = SecretBytes.owning(
                HexFormat.of().parseHex("c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7"));
        var info = PrivateKeyInfo.ed25519(seed);
        var operation = new QuickStartLibrary().load(PrivateKeyInfo.publicKey(Scheme.ED25519, info), info);
        var message = Bytes.of(new byte[] {(byte) 0xaf, (byte) 0x82});
        assertEquals(
                "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac"
                        + "18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a",
                operation.sign(new ToBeSigned.OfMessage(message)).bytes().toString());
    }

    /// RFC 6979, appendix A.2.5: P-256, the messages "sample" and "test".
    @ParameterizedTest
    @CsvSource({
        "SHA256, sample, EFD48B2AACB6A8FD1140DD9CD45E81D69D2C877B56AAF991C34D0EA84EAF3716,"
                + " F7CB1C942D657C41D436C7A1B6E29F65F3E900DBB9AFF4064DC4AB2F843ACDA8",
        "SHA384, sample, 0EAFEA039B20E9B42309FB1D89E213057CBF973DC0CFC8F129EDDDC800EF7719,"
                + " 4861F0491E6998B9455193E34E7B0D284DDD7149A74B95B9261F13ABDE940954",
        "SHA512, sample, 8496A60B5E9B47C825488827E0495B0E3FA109EC4568FD3F8D1097678EB97F00,"
                + " 2362AB1ADBE2B8ADF9CB9EDAB740EA6049C028114F2460F96554F61FAE3302FE",
        "SHA256, test, F1ABB023518351CD71D881567B1EA663ED3EFCF6C5132B354F28D3B0B7D38367,"
                + " 019F4113742A2B14BD25926B49C649155F267E60D3814B4C0CC84250E46F0083",
        "SHA384, test, 83910E8B48BB0C74244EBDF7F07A1C5413D61472BD941EF3920E623FBCCEBEB6,"
                + " 8DDBEC54CF8CD5874883841D712142A56A8D0F218F5003CB0296B6B509619F2C",
        "SHA512, test, 461D93F31B6540894788FD206C07CFA0CC35F46FA3C91816FFF1040AD1581A04,"
                + " 39AF9F15DE0DB8D97E72719C74820D304CE5226E32DEDAE67519E840D1194E55"
    })
    void p256SignsAsTheStandardSays(DigestAlgorithm algorithm, String message, String r, String s) {
        var d = new BigInteger("C9AFA9D845BA75166B5C215767B1D6934E50C3DB36E89B127B8A622B120F6721", 16);
        assertSigns(PrivateKeyInfo.ecdsa(PrivateKeyInfo.Curve.p256(), d), algorithm, message, integers(r, s));
    }

    /// RFC 6979, appendix A.2.6: P-384, the message "sample".
    @Test
    void p384SignsAsTheStandardSays() {
        var d = new BigInteger(
                "6B9D3DAD2E1B8C1C05B19875B6659F4DE23C3B667BF297BA9AA47740787137D896D5724E4C70A825F872C9EA60D2EDF5", 16);
        String r = "94EDBB92A5ECB8AAD4736E56C691916B3F88140666CE9FA73D64C4EA95AD133C81A648152E44ACF96E36DD1E80FABE46";
        String s = "99EF4AEB15F178CEA1FE40DB2603138F130E740A19624526203B6351D0A3A94FA329C145786E679E7B82C71A38628AC8";
        var info = PrivateKeyInfo.ecdsa(PrivateKeyInfo.Curve.p384(), d);
        assertSigns(info, DigestAlgorithm.SHA384, "sample", integers(r, s));
    }

    private static void assertSigns(SecretBytes info, DigestAlgorithm algorithm, String message, Bytes expected) {
        var scheme = algorithm == DigestAlgorithm.SHA384 && info.exposed().length > 150
                ? Scheme.ECDSA_P384
                : Scheme.ECDSA_P256;
        var operation = new QuickStartLibrary().load(PrivateKeyInfo.publicKey(scheme, info), info);
        var digest = SampleKeys.digest(algorithm, message.getBytes(StandardCharsets.US_ASCII));
        assertEquals(expected, operation.sign(new ToBeSigned.OfDigest(digest)).bytes());
    }

    private static Bytes integers(String r, String s) {
        return Bytes.of(Der.sequence(integer(r), integer(s)));
    }

    private static byte[] integer(String hex) {
        byte[] bytes = new BigInteger(hex, 16).toByteArray();
        byte[] der = Der.octetString(bytes);
        der[0] = 0x02;
        return der;
    }
}
