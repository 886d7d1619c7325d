// SPDX-License-Identifier: Apache-2.0
package dev.chancery.cli.demo;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// Fills the four folders.
final class Folders {
    /// The file names that are the same in each.
    record Names(String file, String checksum) {}

    private final Chancery chancery;
    private final WorkDirectory work;
    private final Names names;
    private String goodSum = "";

    Folders(Chancery chancery, WorkDirectory work, Names names) {
        this.chancery = chancery;
        this.work = work;
        this.names = names;
    }

    /// The file is linked to, because it may be large and is only read.
    void good(Path file) {
        work.folder(Folder.GOOD.toString());
        link(Folder.GOOD, file.toAbsolutePath());
        goodSum = checksum(Folder.GOOD);
    }

    /// The changed file has to be a real copy: the only one that is made.
    void bad(List<Specimen> specimens) {
        for (Folder folder : List.of(Folder.BAD_FILE, Folder.BAD_SIGNATURE, Folder.WRONG_KEY)) {
            work.folder(folder.toString());
        }
        Path original = at(Folder.GOOD, names.file());
        for (Folder folder : List.of(Folder.BAD_SIGNATURE, Folder.WRONG_KEY)) {
            link(folder, Path.of("..", Folder.GOOD.toString(), names.file()));
        }
        work.writing(names.file(), () -> Forgery.file(original, at(Folder.BAD_FILE, names.file())));
        String badSum = checksum(Folder.BAD_FILE);
        checksum(Folder.BAD_SIGNATURE);
        checksum(Folder.WRONG_KEY);
        for (Specimen specimen : specimens) {
            work.writing(specimen.file(), () -> forged(specimen, badSum));
            work.writing(specimen.file(), () -> renamed(specimen));
        }
    }

    private Path forged(Specimen specimen, String badSum) throws IOException {
        byte[] good = Files.readAllBytes(at(Folder.GOOD, specimen.file()));
        byte[] besideBadFile = good;
        if (specimen.isDocument()) {
            String document = new String(good, StandardCharsets.UTF_8);
            besideBadFile = document.replace(goodSum, badSum).getBytes(StandardCharsets.UTF_8);
        }
        Files.write(at(Folder.BAD_FILE, specimen.file()), besideBadFile);
        byte[] bad = Forgery.signature(good, specimen.form().encoding());
        return Files.write(at(Folder.BAD_SIGNATURE, specimen.file()), bad);
    }

    /// Under one authority's name the signature of another: a good one, by the wrong key.
    private Path renamed(Specimen specimen) throws IOException {
        byte[] others = Files.readAllBytes(at(Folder.GOOD, specimen.impostor().file()));
        return Files.write(at(Folder.WRONG_KEY, specimen.file()), others);
    }

    private String checksum(Folder folder) {
        String hex = chancery.sha256(at(folder, names.file())).hex();
        work.writing(
                names.checksum(),
                () -> Files.write(at(folder, names.checksum()), Demo.checksumLine(hex, names.file())));
        return hex;
    }

    private void link(Folder folder, Path target) {
        work.writing(names.file(), () -> Files.createSymbolicLink(at(folder, names.file()), target));
    }

    private Path at(Folder folder, String name) {
        return work.resolve(folder.toString()).resolve(name);
    }
}
