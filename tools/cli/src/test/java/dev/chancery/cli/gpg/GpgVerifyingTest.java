// SPDX-License-Identifier: Apache-2.0
package dev.chancery.cli.gpg;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// What `chancery-gpg --verify` answers. Status lines are those of GnuPG's doc/DETAILS.
class GpgVerifyingTest extends GpgOffice {
    @Test
    void aGoodSignatureIsToldInFull() {
        var said = signedAndVerified();
        assertEquals(List.of("NEWSIG", "GOODSIG", "VALIDSIG", "TRUST_FULLY"), keywords(said));
        assertTrue(lines(said, "VALIDSIG")
                .getFirst()
                .matches("\\[GNUPG:] VALIDSIG %s \\d{4}-\\d\\d-\\d\\d \\d+ 0 4 0 22 10 00 %s"
                        .formatted(subkey, fingerprint)));
    }

    @Test
    void aChangedFileIsBadAndAStrangersSignatureCannotBeChecked() throws IOException {
        gpg("-b", "-u", "release", file.toString()).is(0);
        Files.writeString(file, "other\n");
        var bad =
                gpg("--status-fd=1", "--verify", file + ".sig", file.toString()).is(1);
        assertEquals(List.of("NEWSIG", "BADSIG"), keywords(bad));
        Path keyring = Files.createDirectory(directory.resolve("keyring"));
        Files.copy(office.resolve("keyring/qa.openpgp.asc"), keyring.resolve("qa.openpgp.asc"));
        var other = Map.of("CHANCERY_KEYRING", keyring.toString());
        var unknown = run(other, "", Gpg::run, "--status-fd", "1", "--verify", file + ".sig")
                .is(2);
        assertEquals(List.of("NEWSIG", "ERRSIG", "NO_PUBKEY"), keywords(unknown));
        assertTrue(lines(unknown, "ERRSIG").getFirst().endsWith(" 9 " + subkey), unknown.output());
        Files.delete(keyring.resolve("qa.openpgp.asc"));
        Files.copy(office.resolve("keyring/sealer.raw.pem"), keyring.resolve("sealer.raw.pem"));
        run(other, "", Gpg::run, "--verify", file + ".sig").is(2);
    }

    /// gpg itself exits with 0 here, as facts and its manual say.
    @Test
    void aRevokedKeysSignatureIsBad() {
        chancery("key", "create", "gone", "--cycle", "a", "--start", "2026-01-01", "--end", "2036-01-01")
                .is(0);
        chancery("key", "rotate", "gone").is(0);
        gpg("-b", "-u", "gone", file.toString()).is(0);
        gpg("--verify", file + ".sig").is(0);
        chancery("key", "revoke", "gone", "--reason", "compromised").is(0);
        var said = gpg("--status-fd", "1", "--verify", file + ".sig").is(1);
        assertEquals(List.of("NEWSIG", "REVKEYSIG"), keywords(said));
    }

    @Test
    void twoSignaturesOfAFileCountBothAndOneBadOneIsEnough() throws IOException {
        byte[] one = gpgReading("content\n", "-bu", "release").is(0).bytes().toArray();
        byte[] two = gpgReading("content\n", "-bu", "qa").is(0).bytes().toArray();
        byte[] bad = gpgReading("other\n", "-bu", "qa").is(0).bytes().toArray();
        Path both = directory.resolve("both.sig");
        Files.write(both, one);
        Files.write(both, two, java.nio.file.StandardOpenOption.APPEND);
        assertEquals(
                2,
                lines(
                                gpg("--status-fd", "1", "--verify", both.toString(), file.toString())
                                        .is(0),
                                "GOODSIG")
                        .size());
        Files.write(both, bad, java.nio.file.StandardOpenOption.APPEND);
        gpg("--verify", both.toString(), file.toString()).is(1);
    }

    @Test
    void whatIsNoSignatureHasNoData() throws IOException {
        Path signature = Files.writeString(directory.resolve("none.sig"), "no signature");
        var said = gpg("--status-fd", "1", "--verify", signature.toString(), file.toString())
                .is(2);
        assertEquals(List.of("NODATA"), keywords(said));
        gpg("--verify", directory.resolve("missing.sig").toString(), file.toString())
                .is(2)
                .says("missing.sig");
    }

    @Test
    void aTextWithItsSignatureIsVerifiedByItself() throws IOException {
        gpg("--clearsign", "-u", "qa", file.toString()).is(0);
        String signed = file + ".asc";
        gpg("--verify", signed).is(0).says("authority qa");
        gpg("--verify", signed, file.toString()).is(2).says("signs no other file");
        Files.writeString(Path.of(signed), Files.readString(Path.of(signed)).replace("content", "changed"));
        gpg("--verify", signed).is(1);
    }
}
