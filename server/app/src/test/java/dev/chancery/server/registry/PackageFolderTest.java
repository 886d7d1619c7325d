// SPDX-License-Identifier: Apache-2.0
package dev.chancery.server.registry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.chancery.core.UnavailableException;
import dev.chancery.server.registry.manifest.PackageId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What of a folder is handed out.
class PackageFolderTest {
    private static final long SECOND = 1_000_000_000;

    @TempDir
    private Path packages;

    private final AtomicLong nanos = new AtomicLong();

    @BeforeEach
    void fill() throws IOException {
        TestPackages.write(packages, "good", "1.0.0");
    }

    private PackageFolder folder() {
        return new PackageFolder(packages, nanos::get);
    }

    private static boolean has(PackageIndex index, String file) {
        return index.find(PackageId.ofFile(file).orElseThrow()).isPresent();
    }

    @Test
    void whatIsNotSignedIsNotHandedOut() throws IOException {
        Files.delete(packages.resolve("good-1.0.0.zip.sig"));
        var folder = folder();
        assertEquals(false, has(folder.index(), "good-1.0.0.zip"));
        assertEquals(
                List.of("package good-1.0.0.zip is not handed out: it is not signed: there is no good-1.0.0.zip.sig"),
                folder.faults());
    }

    @Test
    void aSignatureIsArmored() throws IOException {
        for (String text : List.of(
                "", "x", "-----BEGIN PGP PUBLIC KEY BLOCK-----\n\nmDM=\n-----END PGP PUBLIC KEY BLOCK-----\n")) {
            Files.writeString(packages.resolve("good-1.0.0.zip.sig"), text);
            assertEquals(1, folder().faults().size(), text);
        }
        Files.write(packages.resolve("good-1.0.0.zip.sig"), new byte[] {(byte) 0xc2, 0});
        assertTrue(folder().faults().getFirst().endsWith("its signature is not an armored one of OpenPGP"));
    }

    @Test
    void signaturesHaveALimit() throws IOException {
        Path signature = packages.resolve("good-1.0.0.zip.sig");
        String most = TestPackages.SIGNATURE + "\n".repeat(PackageFolder.SIGNATURE_BYTES_MAX);
        Files.writeString(signature, most.substring(0, PackageFolder.SIGNATURE_BYTES_MAX));
        assertEquals(List.of(), folder().faults());
        Files.writeString(signature, most.substring(0, PackageFolder.SIGNATURE_BYTES_MAX + 1));
        assertEquals(1, folder().faults().size());
    }

    /// A package with the name of another one: of a better version, or of somebody else.
    @Test
    void aFileIsWhatItIsCalled() throws IOException {
        TestPackages.write(packages, "other-2.0.0.zip", TestPackages.plain("good", "1.0.0"));
        TestPackages.write(packages, "Other-2.0.0.zip", TestPackages.plain("Other", "2.0.0"));
        TestPackages.write(packages, "other-2.zip", TestPackages.plain("other", "2"));
        var folder = folder();
        assertEquals(3, folder.faults().size(), folder.faults().toString());
        assertTrue(has(folder.index(), "good-1.0.0.zip"));
        assertEquals(1, folder.index().search(everything()).size());
    }

    private static PackageQuery everything() {
        var none = java.util.Optional.<String>empty();
        var runs = new PackageQuery.Runs(
                java.util.Optional.empty(),
                java.util.Optional.empty(),
                java.util.Optional.empty(),
                java.util.Optional.empty(),
                java.util.Optional.empty());
        return new PackageQuery(new PackageQuery.Wanted(none, none, none, List.of()), runs, true, true, false);
    }

    @Test
    void changesAreSeenASecondLater() throws IOException {
        var folder = folder();
        TestPackages.write(packages, "more", "1.0.0");
        Files.delete(packages.resolve("good-1.0.0.zip"));
        nanos.set(SECOND);
        assertEquals(false, has(folder.index(), "more-1.0.0.zip"));
        nanos.set(SECOND + 1);
        assertTrue(has(folder.index(), "more-1.0.0.zip"));
        assertEquals(false, has(folder.index(), "good-1.0.0.zip"));
    }

    @Test
    void packagesHaveALimit() throws IOException {
        TestPackages.write(packages, "good", "1.1.0");
        assertTrue(has(new PackageFolder(packages, nanos::get, 2).index(), "good-1.1.0.zip"));
        TestPackages.write(packages, "good", "1.2.0");
        assertThrows(UnavailableException.class, () -> new PackageFolder(packages, nanos::get, 2));
    }

    /// It must not take the others with it.
    @Test
    void aLinkMayLeadToItself() throws IOException {
        Files.createSymbolicLink(packages.resolve("loop-1.0.0.zip"), packages.resolve("loop-1.0.0.zip"));
        TestPackages.write(packages, "more", "1.0.0");
        Files.delete(packages.resolve("more-1.0.0.zip.sig"));
        Files.createSymbolicLink(packages.resolve("more-1.0.0.zip.sig"), packages.resolve("more-1.0.0.zip.sig"));
        var folder = folder();
        assertTrue(has(folder.index(), "good-1.0.0.zip"));
        assertEquals(1, folder.faults().size());
    }

    @Test
    void hiddenAndOtherFilesAreLeftAlone() throws IOException {
        TestPackages.zip(packages.resolve(".good-2.0.0.zip"), Map.of());
        Files.writeString(packages.resolve("index.html"), "x");
        Files.createDirectory(packages.resolve("folder-1.0.0.zip"));
        assertEquals(List.of(), folder().faults());
    }

    @Test
    void aFolderHasToBeThere() {
        assertThrows(UnavailableException.class, () -> new PackageFolder(packages.resolve("none"), nanos::get));
    }

    @Test
    void onlyFilesOfAPackageAreItsCompanions() {
        for (String name : List.of(
                "good-1.0.0.zip.sig", "good-1.0.0.zip.sig.tlog-proof", "good-1.0.0.zip.qa.asc", "a-1.0.0-rc.1.zip.x")) {
            assertTrue(Intake.companion(name).isPresent(), name);
        }
        for (String name : List.of(
                "good-1.0.0.zip",
                "good-1.0.0.zip.",
                "good-1.0.0.zip..",
                "good-1.0.0.zip..sig",
                "good-1.0.0.zip.sig/x",
                ".zip.sig",
                "good.zip.sig",
                "good-1.0.0.zip.a.b.c.d.e.f.g")) {
            assertEquals(false, isCompanion(name), name);
        }
    }

    private static boolean isCompanion(String name) {
        return Intake.companion(name).isPresent();
    }
}
