// SPDX-License-Identifier: Apache-2.0
package dev.chancery.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Expired and revoked keys, with a signature made before the event and one made after. `chancery verify` says
/// what Sequoia says; gpgv's exit status says nothing.
class LifecycleIT {
    private static final String MADE = "20230102T030405";
    private static final String EDITED = "20230103T030405";
    private static final String BEFORE = "20230401T000000";
    private static final String EVENT = "20230701T000000";
    private static final String AFTER = "20231001T000000";
    private static final String USER = "key@example.org";

    /// What becomes of the key, and what its two signatures are worth then.
    enum State {
        UNTOUCHED("good one", "good one", "GOODSIG"),
        SUBKEY_EXPIRED("good one", "expired", "EXPKEYSIG"),
        PRIMARY_EXPIRED("good one", "expired", "EXPKEYSIG"),
        SUBKEY_SUPERSEDED("good one", "revoked", "REVKEYSIG"),
        SUBKEY_RETIRED("good one", "revoked", "REVKEYSIG"),
        PRIMARY_SUPERSEDED("good one", "revoked", "REVKEYSIG"),
        PRIMARY_RETIRED("good one", "revoked", "REVKEYSIG"),
        SUBKEY_COMPROMISED("revoked", "revoked", "REVKEYSIG"),
        PRIMARY_COMPROMISED("revoked", "revoked", "REVKEYSIG"),
        SUBKEY_REVOKED_WITHOUT_REASON("revoked", "revoked", "REVKEYSIG"),
        PRIMARY_REVOKED_WITHOUT_REASON("revoked", "revoked", "REVKEYSIG");

        private final String before;
        private final String after;
        private final String gpgs;

        State(String before, String after, String gpgs) {
            this.before = before;
            this.after = after;
            this.gpgs = gpgs;
        }

        boolean isOfSubkey() {
            return name().startsWith("SUBKEY");
        }

        /// gpg's menu: 0 no reason, 1 compromised, 2 superseded, 3 no longer used.
        String reason() {
            return Stream.of("REVOKED_WITHOUT_REASON:0", "COMPROMISED:1", "SUPERSEDED:2", "RETIRED:3")
                    .filter(entry -> name().endsWith(entry.split(":", -1)[0]))
                    .map(entry -> entry.split(":", -1)[1])
                    .findFirst()
                    .orElse("");
        }
    }

    @TempDir
    private static Path root;

    private static Office office;
    private static Gpg gpg;
    private static String primary;
    private static String subkey;

    @BeforeAll
    static void sign() throws IOException {
        office = Office.none(root);
        gpg = Gpg.in(root.resolve("gpg"));
        gpg.at(MADE, "--quick-gen-key", "Key <" + USER + ">", "ed25519", "cert", "never");
        primary = gpg.fingerprints(USER).getFirst();
        gpg.at(MADE, "--quick-add-key", primary, "ed25519", "sign", "never");
        subkey = gpg.fingerprints(USER).getLast();
        Files.writeString(work("file"), "content\n");
        sign(BEFORE, "before.sig");
        sign(AFTER, "after.sig");
    }

    private static void sign(String time, String name) {
        gpg.at(
                time,
                "--output",
                work(name).toString(),
                "--detach-sign",
                work("file").toString());
    }

    @AfterAll
    static void endAgent() {
        gpg.close();
    }

    private static Path work(String name) {
        return office.work().resolve(name);
    }

    @ParameterizedTest
    @EnumSource
    void aSignatureIsWorthWhatSequoiaSays(State state) throws IOException {
        Path keyring = Files.createDirectories(root.resolve(state.name()));
        Path certificate = keyring.resolve("one.openpgp.asc");
        Path binary = root.resolve(state.name() + ".gpg");
        try (var future = gpg.copy(root.resolve("gpg-" + state))) {
            happen(state, future);
            future.export(USER, certificate);
            future.exportBinary(USER, binary);
        }
        var findings = office.verify(
                keyring,
                "one",
                List.of(
                        "file",
                        "--signature",
                        work("before.sig").toString(),
                        "--signature",
                        work("after.sig").toString()));
        assertEquals(Map.of("before.sig", state.before, "after.sig", state.after), findings);
        for (String name : List.of("before.sig", "after.sig")) {
            assertSequoiaAgrees(certificate, name, findings.getOrDefault(name, ""));
            assertGpgvsTrap(state, binary, name);
        }
    }

    private static void happen(State state, Gpg future) {
        if (state.name().endsWith("EXPIRED")) {
            String which = state.isOfSubkey() ? subkey : "";
            var arguments = which.isEmpty()
                    ? List.of("--quick-set-expire", primary, EVENT)
                    : List.of("--quick-set-expire", primary, EVENT, which);
            future.at(EDITED, arguments, "");
        } else if (state != State.UNTOUCHED) {
            if (state.isOfSubkey()) {
                future.edit(EVENT, primary, "key 1", "revkey", "y", state.reason(), "", "y", "save");
            } else {
                future.edit(EVENT, primary, "revkey", "y", state.reason(), "", "y", "save");
            }
        }
    }

    private static void assertSequoiaAgrees(Path certificate, String name, String ours) {
        if (StockTool.SQV.isHere()) {
            var sqv = StockTool.SQV.run(
                    office.work(),
                    "--keyring",
                    certificate.toString(),
                    work(name).toString(),
                    work("file").toString());
            assertEquals(ours.startsWith("good"), sqv.status() == 0, ours + " here; " + sqv);
        } else {
            StockTool.SQV.require();
        }
    }

    /// It exits with 0 whatever became of the key; only its status lines tell.
    private static void assertGpgvsTrap(State state, Path keyring, String name) {
        var gpgv = StockTool.GPGV.run(
                office.work(),
                "--status-fd",
                "1",
                "--keyring",
                keyring.toString(),
                work(name).toString(),
                work("file").toString());
        gpgv.assertStatus(0);
        assertTrue(gpgv.output().contains("[GNUPG:] " + state.gpgs + " "), gpgv.toString());
    }
}
