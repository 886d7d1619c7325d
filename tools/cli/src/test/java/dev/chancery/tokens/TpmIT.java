// SPDX-License-Identifier: Apache-2.0
package dev.chancery.tokens;

import dev.chancery.interop.Answer;
import dev.chancery.interop.Office;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A key that was made in a software TPM, reached through its resource manager and tpm2-pkcs11.
class TpmIT {
    private static final Path MODULE = Path.of("/usr/lib/x86_64-linux-gnu/libtpm2_pkcs11.so.1");

    /// TPM, resource manager on a bus of its own, and a token; then the lines of the test, of which the first
    /// that fails is the answer.
    private static final String SCRIPT = """
            set -e
            mkdir state store
            swtpm socket --tpm2 --tpmstate dir=state --flags not-need-init,startup-clear \\
                --server type=unixio,path="$PWD/tpm.sock" --ctrl type=unixio,path="$PWD/tpm.sock.ctrl" &
            tpm=$!
            trap 'kill $tpm $manager 2>/dev/null' EXIT
            while [ ! -S tpm.sock.ctrl ]; do sleep 0.05; done
            tpm2-abrmd --session --allow-root --tcti="swtpm:path=$PWD/tpm.sock" &
            manager=$!
            export TPM2TOOLS_TCTI=tabrmd:bus_type=session TPM2_PKCS11_TCTI=tabrmd:bus_type=session
            export TPM2_PKCS11_STORE="$PWD/store"
            until tpm2_getrandom --hex 1 >random 2>&1; do sleep 0.1; done
            tpm2_ptool init --path store >made
            tpm2_ptool addtoken --pid=1 --sopin=12345678 --userpin=12345678 --label=release --path store >made
            exec 2>&1
            "$CHANCERY" provider add tpm --module "$MODULE" --token release --pin file:pin
            "$CHANCERY" authority add release --provider tpm --format cms --algorithm ecdsa-p256
            "$CHANCERY" sign file --as release
            "$CHANCERY" verify file --require release
            openssl cms -verify -binary -inform DER -in file.p7s -content file -out verified \\
                -CAfile ../office/keyring/release.cms.pem -partial_chain -purpose any
            ! openssl cms -verify -binary -inform DER -in file.p7s -content tampered -out verified \\
                -CAfile ../office/keyring/release.cms.pem -partial_chain -purpose any >refused 2>&1
            """;

    @TempDir
    private Path root = Path.of("");

    @Test
    void aKeyOfTheTpmSignsForOpenssl() throws IOException {
        TokenOffice.require("swtpm", "tpm2-abrmd", "tpm2_ptool", "tpm2_getrandom", "dbus-run-session", "openssl");
        Assumptions.assumeTrue(
                Files.exists(MODULE) || System.getProperty("interop", "").equals("required"),
                "libtpm2_pkcs11 is not installed, or not for x86-64");
        var office = Office.in(root);
        Path pin = root.resolve("office/pin");
        Files.createFile(pin, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(pin, "12345678\n");
        Files.writeString(office.work().resolve("file"), "content\n");
        Files.writeString(office.work().resolve("tampered"), "Content\n");
        var environment = new HashMap<>(office.environment());
        environment.putAll(Map.of(
                "CHANCERY", Office.PACKAGED.resolve("bin/chancery").toString(),
                "MODULE", MODULE.toRealPath().toString()));
        Answer.to(office.work(), environment, List.of("dbus-run-session", "--", "sh", "-c", SCRIPT))
                .assertStatus(0)
                .assertSays("ACCEPTED");
    }
}
