// SPDX-License-Identifier: Apache-2.0
package dev.chancery.cli.resigning;

import dev.chancery.cli.files.OutputFiles;
import dev.chancery.core.Bytes;
import dev.chancery.core.Encoding;
import dev.chancery.core.UnavailableException;
import dev.chancery.files.FileCause;
import dev.chancery.files.SignatureFiles;
import dev.chancery.formats.Formats;
import dev.chancery.log.Checkpoint;
import dev.chancery.log.Receipt;
import dev.chancery.note.SignedNote;
import dev.chancery.tree.TileTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/// The folder that new signatures go to, each below the SHA-256 of its artifact, with its receipt and with the proof of
/// the old one.
record Outputs(Path folder, Formats formats, Proofs proofs, boolean receipts) {
    private static final String STATEMENT_SUFFIX = ".intoto";

    /// The log that the old signatures are in.
    record Proofs(TileTree tree, SignedNote note) {
        Receipt of(OldSignature old) {
            long size = Checkpoint.parse(note.text()).size();
            var proof = tree.inclusion(old.place().index(), size);
            return new Receipt(Optional.of(old.place().leaf()), proof.index(), proof.path(), note);
        }
    }

    /// Where the new signature goes. Several statements about one artifact bear the index of the old one as a label; a
    /// document is not taken for a signature beside its text.
    Path file(OldSignature old) {
        var how = old.how();
        String suffix = formats.get(how.format()).description().suffix(how.encoding());
        String label = how.encoding() == Encoding.CLEARTEXT ? ".cleartext" : "";
        if (suffix.startsWith(STATEMENT_SUFFIX)) {
            label = "." + old.place().index();
        }
        return folder.resolve(old.sha256().hex())
                .resolve(SignatureFiles.name(old.name().text(), Optional.of(how.authority()), label + suffix));
    }

    boolean has(OldSignature old) {
        return Files.exists(file(old));
    }

    Path write(OldSignature old, Bytes signature, Optional<Receipt> receipt) {
        Path file = file(old);
        try {
            Files.createDirectories(file.getParent());
        } catch (IOException e) {
            throw new UnavailableException(
                    "folder %s cannot be made: %s".formatted(file.getParent(), FileCause.of(e)), e);
        }
        // What was there before is of a run that was broken off, or by another successor: the log has both.
        var output = new OutputFiles(true);
        try {
            output.write(file, signature);
            receipt.filter(proof -> receipts)
                    .ifPresent(proof -> output.write(beside(file, Receipt.SUFFIX), proof.write()));
            output.write(
                    beside(file, ".before" + Receipt.SUFFIX), proofs.of(old).write());
            output.commit();
        } finally {
            output.discard();
        }
        return file;
    }

    private static Path beside(Path file, String suffix) {
        return file.resolveSibling(file.getFileName() + suffix);
    }
}
