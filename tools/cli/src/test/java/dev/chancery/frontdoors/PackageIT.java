// SPDX-License-Identifier: Apache-2.0
package dev.chancery.frontdoors;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.chancery.interop.Office;
import dev.chancery.interop.StockTool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A package that libarchive unpacks and gpgv accepts.
class PackageIT {
    @TempDir
    private static Path root;

    @Test
    void whatWasBuiltIsUnpackedAndVerifiedByOthers() throws IOException {
        var office = Office.in(root);
        office.authority("release", "openpgp", "ed25519");
        Path tree = office.work().resolve("tree");
        Files.createDirectories(tree.resolve("docs/empty"));
        Files.writeString(tree.resolve("manifest.yml"), "name: thing\nversion: 1.0\n");
        Files.writeString(tree.resolve("docs/é.md"), "text\n");
        Path script = Files.writeString(tree.resolve("run"), "#!/bin/sh\necho it runs\n");
        assertTrue(script.toFile().setExecutable(true));
        office.run("package", "build", "tree", "--as", "release").assertStatus(0);

        String zip = office.work().resolve("thing-1.0.zip").toString();
        StockTool.GPGV
                .run(
                        office.work(),
                        "--status-fd",
                        "1",
                        "--keyring",
                        office.certificate("release").toString(),
                        zip + ".sig",
                        zip)
                .assertStatus(0)
                .assertSays("[GNUPG:] GOODSIG ");
        Path unpacked = Files.createDirectory(root.resolve("unpacked"));
        StockTool.BSDTAR
                .run(unpacked, Map.of("LC_ALL", "C.UTF-8"), List.of("-xf", zip), "")
                .assertStatus(0);
        Path folder = unpacked.resolve("thing-1.0");
        assertEquals("text\n", Files.readString(folder.resolve("docs/é.md")));
        assertTrue(Files.isDirectory(folder.resolve("docs/empty")));
        StockTool.SH.run(folder, "-c", "./run").assertStatus(0).assertSays("it runs");
    }
}
