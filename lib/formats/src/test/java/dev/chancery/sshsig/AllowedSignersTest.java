// SPDX-License-Identifier: Apache-2.0
package dev.chancery.sshsig;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.chancery.algorithms.MemoryKey;
import dev.chancery.core.Authority;
import dev.chancery.core.MalformedException;
import dev.chancery.format.Reason;
import dev.chancery.format.Verdict;
import dev.chancery.key.KeyAlgorithm;
import dev.chancery.key.Namespace;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/// ssh-keygen(1), "ALLOWED SIGNERS": "Each line of the file contains the following space-separated fields:
/// principals, options, keytype, base64-encoded key."
class AllowedSignersTest {
    private static final MemoryKey KEY = Sample.key(KeyAlgorithm.ED25519);
    private static final String LINE = Sample.text(Sample.publish(KEY));
    private static final String OPTIONS = "namespaces=\"file\"";
    private static final List<Namespace> FILE = List.of(new Namespace("file"));

    private static List<AllowedSigner> read(String file) {
        return AllowedSigners.read(Sample.QA, Sample.bytes(file));
    }

    private static String with(String options) {
        return LINE.replace(OPTIONS, options);
    }

    @ParameterizedTest
    @EnumSource
    void whatIsWrittenIsRead(KeyAlgorithm algorithm) {
        var key = Sample.key(algorithm);
        String line = Sample.text(Sample.publish(key));
        assertTrue(line.startsWith("qa namespaces=\"file\" ") && line.endsWith("\n"), line);
        var signer = read(line).getFirst();
        assertEquals(key.key().publicKey(), signer.key());
        assertEquals(FILE, signer.namespaces());
        assertEquals(line, signer.line(Sample.QA));
    }

    @Test
    void theKeysOfSshKeygenAreReadAndWrittenTheSame() {
        var signers = AllowedSigners.read(Sample.QA, Sample.SIGNERS);
        assertEquals(5, signers.size());
        assertEquals(Sample.SIGNERS, AllowedSigners.forStock(Sample.QA, Sample.SIGNERS));
    }

    @Test
    void blankLinesCommentsAndSpacesAreNothing() {
        String[] files = {
            "\n# qa\n\t\n" + LINE + "\n",
            LINE.replace("\n", "\r\n"),
            LINE.strip(),
            "  " + LINE.replace(" ", " \t "),
            LINE.replace("\n", " somebody's \"key\n")
        };
        for (String file : files) {
            assertEquals(LINE, read(file).getFirst().line(Sample.QA));
        }
    }

    /// As ssh-keygen writes it into `id_ed25519.pub`.
    @Test
    void aKeyAloneSignsFiles() {
        String alone = LINE.substring(LINE.indexOf("ssh-ed25519"));
        assertEquals(LINE, read(alone).getFirst().line(Sample.QA));
        assertEquals(LINE, read(alone.strip() + " alice@laptop\n").getFirst().line(Sample.QA));
        assertFault("is of type \"ssh-dss\"", alone.replace("ssh-ed25519", "ssh-dss"));
        assertFault("principal", OPTIONS + " " + alone);
        var named = new Authority("ssh-ed25519");
        String line = LINE.replaceFirst("qa", "ssh-ed25519");
        assertEquals(1, AllowedSigners.read(named, Sample.bytes(line)).size());
    }

    /// ssh-keygen would take any namespace there; we write down what we take.
    @Test
    void withoutNamespacesAKeySignsFilesOnly() {
        String bare = with("").replace("  ", " ");
        assertEquals(FILE, read(bare).getFirst().namespaces());
        assertEquals(Sample.bytes(LINE), AllowedSigners.forStock(Sample.QA, Sample.bytes(bare)));
        assertEquals(FILE, read(with("valid-after=\"20250101Z\"")).getFirst().namespaces());
    }

    @Test
    void optionsComeInAnyOrderAndCase() {
        String line = with("Valid-Before=\"20300101Z\",NAMESPACES=\"git,a@b.example\",valid-after=\"202501021530Z\"");
        String written =
                "namespaces=\"git,a@b.example\",valid-after=\"20250102153000Z\",valid-before=\"20300101000000Z\"";
        assertEquals(with(written), read(line).getFirst().line(Sample.QA));
        assertEquals(with(written), read(with(written)).getFirst().line(Sample.QA));
    }

    /// A signature tells no time, so it is that of verifying, to the second on both sides.
    @Test
    void aKeyCountsWithinItsTimes() {
        var file = Sample.sign(Sample.CONTENT, KEY).bytes();
        String line = with("valid-after=\"20260102030405Z\",valid-before=\"20260203040506Z\"");
        var claim = Sample.VERIFYING
                .keyring(Map.of(Sample.QA, Sample.bytes(line)))
                .read(file)
                .getFirst();
        for (String good : new String[] {"2026-01-02T03:04:05Z", "2026-02-03T04:05:06Z"}) {
            assertInstanceOf(Verdict.Good.class, claim.check(Sample.CONTENT, Instant.parse(good)));
        }
        var early = claim.check(Sample.CONTENT, Instant.parse("2026-01-02T03:04:04Z"));
        assertEquals(
                Reason.UNFIT_KEY, assertInstanceOf(Verdict.Bad.class, early).reason());
        var late = claim.check(Sample.CONTENT, Instant.parse("2026-02-03T04:05:07Z"));
        assertEquals(Reason.EXPIRED, assertInstanceOf(Verdict.Bad.class, late).reason());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "cert-authority",
                "CERT-AUTHORITY",
                "cert-authority,namespaces=\"file\"",
                "namespaces=\"file\",cert-authority"
            })
    void certificateAuthoritiesAreRefused(String options) {
        assertFault("certificates are not supported", with(options));
    }

    @ParameterizedTest
    @CsvSource(quoteCharacter = '\'', textBlock = """
            namespaces=file                            , 'are not NAME="VALUE"'
            namespaces=                                , 'are not NAME="VALUE"'
            namespaces                                 , 'are not NAME="VALUE"'
            'namespaces="file"x'                       , 'are not NAME="VALUE"'
            'namespaces="file",'                       , 'are not NAME="VALUE"'
            ',namespaces="file"'                       , 'are not NAME="VALUE"'
            'namespaces="file'                         , 'are not NAME="VALUE"'
            touch-required                             , 'are not NAME="VALUE"'
            'command="x"'                              , 'option "command" is not known'
            'namespaces="file",namespaces="git"'       , 'option "namespaces" stands there twice'
            'namespaces=""'                            , 'has 0 characters'
            'namespaces="file,"'                       , 'has 0 characters'
            'namespaces="*"'                           , 'namespace "*" is not letters'
            'namespaces="!git,file"'                   , 'namespace "!git" is not letters'
            'namespaces="a b"'                         , 'namespace "a b" is not letters'
            'namespaces="a\\b"'                        , 'is not letters'
            'valid-after="20260101"'                   , 'time "20260101" is not like'
            'valid-after="20260230Z"'                  , 'is not like'
            'valid-after="2026010112Z"'                , 'is not like'
            'valid-after="+0260101Z"'                  , 'is not like'
            'valid-after="Z"'                          , 'is not like'
            'valid-after=""'                           , 'is not like'
            'valid-before="20260101240000Z"'           , 'is not like'
            'valid-before="20260101Z",valid-before="20260101Z"', 'stands there twice'
            'valid-after="20260101Z",valid-after="20260101Z"', 'stands there twice'
            """)
    void anOptionThatIsNotUnderstoodIsMalformed(String options, String words) {
        assertFault(words, with(options));
    }

    @Test
    void aLineIsOneKeyOfTheAuthority() {
        String base64 = LINE.strip().substring(LINE.lastIndexOf(' ') + 1);
        assertFault("in line 1: principal \"release\"", LINE.replaceFirst("qa", "release"));
        assertFault("principal \"*\"", LINE.replaceFirst("qa", "*"));
        assertFault("principal \"qa,release\"", LINE.replaceFirst("qa", "qa,release"));
        assertFault("is not the authority's name", "\"qa\"" + LINE.substring(2));
        assertFault("in line 3", "#\n" + LINE + "qa\n");
        assertFault("has no base64", "qa ssh-ed25519\n");
        assertFault("base64", LINE.replace(base64, "*" + base64));
        assertFault("one form", LINE.replace(base64, base64.substring(0, base64.length() - 2) + "B="));
        assertFault("says that it is of type \"ssh-rsa\"", LINE.replace("ssh-ed25519", "ssh-rsa"));
        assertFault("has 0 keys", "");
        assertFault("has 0 keys", "# " + LINE);
    }

    @Test
    void aKeyThatCannotBeUsedSaysWhy() {
        assertFault("is a certificate", LINE.replace("ssh-ed25519 ", "ssh-ed25519-cert-v01@openssh.com "));
        assertFault("security token", LINE.replace("ssh-ed25519 ", "sk-ssh-ed25519@openssh.com "));
        assertFault("is of type \"ssh-dss\"", LINE.replace("ssh-ed25519 ", "ssh-dss "));
        assertFault("is of type \"ecdsa-sha2-nistp521\"", LINE.replace("ssh-ed25519 ", "ecdsa-sha2-nistp521 "));
        assertFault("is of type \"ssh-dss\"", blob("ssh-ed25519", "ssh-dss".getBytes(StandardCharsets.US_ASCII)));
    }

    @Test
    void aKeyHasOneEncoding() {
        byte[] type = "ssh-ed25519".getBytes(StandardCharsets.US_ASCII);
        byte[] ecdsa = "ecdsa-sha2-nistp256".getBytes(StandardCharsets.US_ASCII);
        byte[] curve = "nistp256".getBytes(StandardCharsets.US_ASCII);
        assertFault("not an Ed25519", blob("ssh-ed25519", type, new byte[31]));
        assertFault("not an Ed25519", blob("ssh-ed25519", type, new byte[33]));
        assertFault("behind its end", blob("ssh-ed25519", type, new byte[32], new byte[0]));
        assertFault("claims", blob("ssh-ed25519", type));
        assertFault(
                "curve \"nistp384\"",
                blob("ecdsa-sha2-nistp256", ecdsa, "nistp384".getBytes(StandardCharsets.US_ASCII), new byte[65]));
        byte[] compressed = new byte[33];
        compressed[0] = 2;
        assertFault("not an Ed25519", blob("ecdsa-sha2-nistp256", ecdsa, curve, compressed));
        byte[] rsa = "ssh-rsa".getBytes(StandardCharsets.US_ASCII);
        byte[] f4 = {1, 0, 1};
        byte[] n = new byte[257];
        Arrays.fill(n, 1, 257, (byte) 0xff);
        assertEquals(2048, read(blob("ssh-rsa", rsa, f4, n)).getFirst().key().bits());
        assertFault("shortest form", blob("ssh-rsa", rsa, new byte[] {0, 1, 0, 1}, n));
        assertFault("shortest form", blob("ssh-rsa", rsa, f4, Arrays.copyOfRange(n, 1, 257)));
        assertFault("exponent", blob("ssh-rsa", rsa, new byte[] {3}, n));
        n[1] = 0x7f;
        assertFault("2047 bits", blob("ssh-rsa", rsa, f4, Arrays.copyOfRange(n, 1, 257)));
    }

    private static String blob(String type, byte[]... fields) {
        return "qa " + type + " " + Base64.getEncoder().encodeToString(Parts.strings(fields)) + "\n";
    }

    @Test
    void aFileHoldsAHundredKeys() {
        assertEquals(100, read(LINE.repeat(100)).size());
        assertFault("has 101 keys", LINE.repeat(101));
    }

    @Test
    void aKeyStandsOnce() {
        var file = Sample.bytes(LINE);
        var release = new Authority("release");
        var others = Sample.bytes(LINE.replaceFirst("qa", "release"));
        var twice = Map.of(Sample.QA, file, release, others);
        assertThrows(MalformedException.class, () -> Sample.VERIFYING.keyring(twice));
        var again = Map.of(Sample.QA, Sample.bytes(LINE + LINE));
        var fault = assertThrows(MalformedException.class, () -> Sample.VERIFYING.keyring(again));
        assertTrue(fault.sentence().contains("stands twice"), fault.sentence());
    }

    private static void assertFault(String words, String file) {
        var fault = assertThrows(MalformedException.class, () -> read(file));
        assertTrue(fault.sentence().contains(words), fault.sentence());
    }
}
