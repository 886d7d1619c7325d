// SPDX-License-Identifier: Apache-2.0
package dev.chancery.frontdoors;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.chancery.interop.Answer;
import dev.chancery.interop.Office;
import dev.chancery.interop.StockTool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A bundle on a host that has only stock tools: each command of its README says yes, and no to a changed artifact.
class BundleIT {
    private static final List<StockTool> TOOLS = List.of(
            StockTool.BSDTAR,
            StockTool.GPGV,
            StockTool.OPENSSL,
            StockTool.COSIGN,
            StockTool.MINISIGN,
            StockTool.SIGNIFY_OPENBSD,
            StockTool.SSH_KEYGEN);
    private static final Pattern COMMAND = Pattern.compile("```sh\n([\\s\\S]*?)\n```");

    @TempDir
    private static Path root;

    @Test
    void theCommandsOfItsReadmeJudgeEverySignature() throws IOException {
        TOOLS.forEach(StockTool::require);
        var office = Office.in(root);
        office.run(
                        "authority",
                        "add",
                        "release",
                        "--format",
                        "openpgp",
                        "--format",
                        "raw",
                        "--format",
                        "cms",
                        "--format",
                        "minisign",
                        "--format",
                        "signify",
                        "--format",
                        "sshsig",
                        "--format",
                        "sigstore")
                .assertStatus(0);
        office.authority("qa", "raw", "ed25519");
        String name = "it's $(an) artifact.txt";
        Files.writeString(office.work().resolve(name), "content\n");
        office.run("sign", name, "--as", "release", "--as", "qa").assertStatus(0);
        office.run("bundle", "create", name, "--require", "release", "--output", "bundle.zip")
                .assertStatus(0);
        Path unpacked = Files.createDirectory(root.resolve("unpacked"));
        StockTool.BSDTAR
                .run(unpacked, "-xf", office.work().resolve("bundle.zip").toString())
                .assertStatus(0);
        var commands = COMMAND.matcher(Files.readString(unpacked.resolve("README.md")))
                .results()
                .map(found -> found.group(1))
                .toList();
        assertEquals(8, commands.size(), commands::toString);
        for (String command : commands) {
            sh(unpacked, command).assertStatus(0);
        }
        Files.writeString(unpacked.resolve("artifacts").resolve(name), "changed\n");
        for (String command : commands) {
            sh(unpacked, command).assertFails();
        }
    }

    private static Answer sh(Path folder, String command) {
        return StockTool.SH.run(folder, Map.of(), List.of("-c", command), "");
    }
}
