// SPDX-License-Identifier: Apache-2.0
package dev.chancery.frontdoors;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.chancery.interop.Office;
import dev.chancery.interop.StockTool;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A package that libarchive unpacks and gpgv accepts.
class PackageIT {
    @TempDir
    private Path root;

    private static final String MODEL = "https://model_signing/signature/v1.0";

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

    /// The zip file's signature says nothing of its files once they are out of it; the statement among them does.
    @Test
    void whatWasPackedIsVerifiedUnpackedToo() throws IOException {
        var office = Office.in(root);
        office.authority("release", "statement", "ecdsa-p256");
        Path tree = office.work().resolve("tree");
        Files.createDirectories(tree.resolve("weights"));
        Files.writeString(tree.resolve("weights/a.bin"), "0123");
        Files.writeString(tree.resolve("LICENSE"), "text\n");
        String[] build = {"package", "build", "tree", "--called", "model-1.0", "--attest", "release"};
        office.run(build).assertStatus(0).assertSays("built, stated by release");
        office.run(build).assertStatus(0).assertSays("is there already");
        Path zip = office.work().resolve("model-1.0.zip");
        byte[] built = Files.readAllBytes(zip);
        office.run("package", "build", "tree", "--called", "model-1.0")
                .assertStatus(3)
                .assertSays("is another package");

        Path unpacked = Files.createDirectory(root.resolve("unpacked"));
        StockTool.BSDTAR.run(unpacked, "-xf", zip.toString()).assertStatus(0);
        StockTool.BSDTAR.run(unpacked, "-czf", "model.tgz", "model-1.0").assertStatus(0);
        Path again = Files.createDirectory(root.resolve("again"));
        StockTool.BSDTAR
                .run(again, "-xf", unpacked.resolve("model.tgz").toString())
                .assertStatus(0);
        String folder = again.resolve("model-1.0").toString();
        String[] verify = {
            "verify", folder, "--signature", folder + "/model.sig", "--attested", "release", "--predicate-type", MODEL
        };
        office.run(verify).assertStatus(0);
        Path keys = root.resolve("keys");
        office.run("keyring", "export", "--for", "cosign", keys.toString()).assertStatus(0);
        String[] judge = {
            "verify",
            "key",
            "--public_key",
            keys.resolve("release.statement.cosign.pub").toString(),
            "--signature",
            folder + "/model.sig",
            folder
        };
        StockTool.MODEL_SIGNING.run(again, judge).assertStatus(0);
        Files.writeString(again.resolve("model-1.0/LICENSE"), "none");
        office.run(verify).assertStatus(1).assertSays("has other content");
        StockTool.MODEL_SIGNING.run(again, judge).assertStatus(1);

        // Who may write the package puts a statement of his own into it, or breaks this one.
        byte[] broken = built.clone();
        int at = new String(built, StandardCharsets.ISO_8859_1).indexOf("\"sig\":\"") + 20;
        broken[at] = (byte) (broken[at] == 'A' ? 'B' : 'A');
        Files.write(zip, broken);
        office.run(build).assertStatus(3);
        Files.writeString(tree.resolve("model.sig"), "of another maker");
        office.run(build).assertStatus(3).assertSays("has a file model.sig");
    }
}
