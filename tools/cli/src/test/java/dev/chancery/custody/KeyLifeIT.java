// SPDX-License-Identifier: Apache-2.0
package dev.chancery.custody;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.chancery.interop.Answer;
import dev.chancery.interop.Gpg;
import dev.chancery.interop.Office;
import dev.chancery.interop.StockTool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The life of OpenPGP keys, through the packaged command, with the tools of others as administrators and
/// judges.
class KeyLifeIT {
    private static final Pattern FINGERPRINT = Pattern.compile("fingerprint ([0-9A-F]{40})");
    private static final List<StockTool> JUDGES = List.of(
            StockTool.GPG,
            StockTool.GPGV,
            StockTool.SQV,
            StockTool.SQOP,
            StockTool.RSOP,
            StockTool.APT_GET,
            StockTool.RPMKEYS,
            StockTool.PACMAN,
            StockTool.PACMAN_KEY);

    @TempDir
    private Path root;

    /// Three cycles, an extension, a soft and a hard revocation: eleven stages, each judged by every tool.
    @Test
    void aRehearsalComesOutAsTheTableSays() {
        JUDGES.forEach(StockTool::require);
        StockTool.RPMBUILD.require();
        StockTool.RPMSIGN.require();
        var answer =
                Office.none(root).run("key", "rehearse", root.resolve("sandbox").toString());
        answer.assertStatus(0);
        assertEquals(11L * JUDGES.size(), answer.output().lines().count(), answer::toString);
        assertTrue(answer.output().lines().allMatch(line -> line.endsWith("as expected")), answer::toString);
        assertTrue(answer.output().contains("REVKEYSIG") && answer.output().contains("refused"), answer::toString);
    }

    /// Alice has gpg, Bob has sq, Carol has an office of her own.
    @Test
    void administratorsCertifyWithTheirOwnToolsAndGateTheActivation() throws IOException {
        StockTool.SQ.require();
        var office = Office.in(Files.createDirectory(root.resolve("release")));
        var carol = Office.in(Files.createDirectory(root.resolve("carol")));
        carol.authority("carol", "openpgp", "ed25519");
        create(office);
        Path work = office.work();
        try (var alice = Gpg.in(Files.createDirectory(root.resolve("alice")))) {
            gpg(alice, "--quick-gen-key", "Alice <alice@example.org>", "ed25519", "cert,sign", "never");
            alice.export("alice@example.org", work.resolve("alice.asc"));
            sq(work, "key", "generate", "--userid", "Bob <bob@example.org>", "--export", "bob.key");
            Files.writeString(work.resolve("bob.asc"), sq(work, "key", "extract-cert", "bob.key"));
            Files.copy(carol.armoredCertificate("carol"), work.resolve("carol.asc"));
            var policy = office.run(
                    "key",
                    "policy",
                    "release",
                    "--administrator",
                    "alice.asc",
                    "--administrator",
                    "bob.asc",
                    "--administrator",
                    "carol.asc",
                    "--required",
                    "3");
            policy.assertStatus(0);
            String fingerprint = request(office);
            gpg(alice, "--import", work.resolve("request.asc").toString());
            gpg(alice, "--yes", "--quick-sign-key", fingerprint);
            alice.export(fingerprint, work.resolve("by-alice.asc"));
            Files.writeString(
                    work.resolve("by-bob.asc"),
                    sq(work, "certify", "bob.key", "request.asc", "Release <release@example.org>"));
            carol.run(
                            "key",
                            "certify",
                            work.resolve("request.asc").toString(),
                            "--as",
                            "carol",
                            "--fingerprint",
                            fingerprint,
                            "--output",
                            work.resolve("by-carol.asc").toString())
                    .assertStatus(0);
            accept(office, "alice", 1);
            accept(office, "bob", 2);
            office.run("key", "publish", "release").assertStatus(4).assertSays("planned");
            accept(office, "carol", 3);
            office.run("key", "rotate", "release").assertStatus(0).assertSays("is active");
            assertGpgSeesThemAll(alice, office, fingerprint);
        }
    }

    private static void create(Office office) {
        var today = LocalDate.now(ZoneOffset.UTC);
        office.run(
                        "key",
                        "create",
                        "release",
                        "--cycle",
                        "now",
                        "--start",
                        today.toString(),
                        "--end",
                        today.plusDays(180).toString(),
                        "--user-id",
                        "Release <release@example.org>")
                .assertStatus(0);
    }

    private static String request(Office office) {
        var asked = office.run("key", "request-certification", "release", "--output", "request.asc");
        asked.assertStatus(0);
        var found = FINGERPRINT.matcher(asked.output());
        assertTrue(found.find(), asked::toString);
        return found.group(1);
    }

    private static Answer gpg(Gpg who, String... arguments) {
        var all = new java.util.ArrayList<>(
                List.of("--batch", "--no-tty", "--pinentry-mode", "loopback", "--passphrase", ""));
        all.addAll(List.of(arguments));
        return StockTool.GPG.run(who.home(), Map.of(), all, "").assertStatus(0);
    }

    private static String sq(Path work, String... arguments) {
        return StockTool.SQ.run(work, arguments).assertStatus(0).output();
    }

    private static void accept(Office office, String who, int count) {
        office.run("key", "accept", "release", "by-" + who + ".asc")
                .assertStatus(0)
                .assertSays("certified by %d of 3 administrators".formatted(count));
    }

    private static void assertGpgSeesThemAll(Gpg gpg, Office office, String fingerprint) {
        for (String one : List.of("bob.asc", "carol.asc")) {
            gpg(gpg, "--import", office.work().resolve(one).toString());
        }
        gpg(gpg, "--import", office.armoredCertificate("release").toString());
        String checked = gpg(gpg, "--check-sigs", fingerprint).output();
        for (String name : List.of("Alice", "Bob", "carol")) {
            assertTrue(
                    checked.lines().anyMatch(line -> line.startsWith("sig!") && line.contains(name)),
                    () -> name + ": " + checked);
        }
    }
}
