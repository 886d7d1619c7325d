// SPDX-License-Identifier: Apache-2.0
package dev.chancery.cli.receipts;

import dev.chancery.core.ArtifactName;
import dev.chancery.core.Digest;
import dev.chancery.core.MalformedException;
import dev.chancery.core.RefusedException;
import dev.chancery.files.InputFiles;
import dev.chancery.format.Reason;
import dev.chancery.log.LogPolicy;
import dev.chancery.log.Receipt;
import dev.chancery.log.VerifiedReceipt;
import dev.chancery.verification.RejectedSignature;
import dev.chancery.verification.SignatureFile;
import dev.chancery.verification.VerifiedSignature;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Demands of every signature a receipt, by one policy. Reads files and asks nobody.
public final class Receipts {
    /// Where a signature was read, and where its artifact lies; either may be nowhere.
    public record Place(Optional<Path> file, Optional<Path> artifact) {
        private List<Path> receipts() {
            return Stream.of(file, artifact)
                    .flatMap(Optional::stream)
                    .map(Receipts::beside)
                    .distinct()
                    .toList();
        }
    }

    /// What came of it.
    public sealed interface Judged {
        record Proven(VerifiedReceipt receipt) implements Judged {}

        record Unproven(RejectedSignature rejected) implements Judged {}
    }

    private final LogPolicy policy;
    private final boolean named;

    public Receipts(LogPolicy policy) {
        this(policy, false);
    }

    private Receipts(LogPolicy policy, boolean named) {
        this.policy = policy;
        this.named = named;
    }

    /// The same, demanding besides that the log has the signature under the artifact's name.
    public Receipts naming() {
        return new Receipts(policy, true);
    }

    private static Path beside(Path file) {
        return file.resolveSibling(file.getFileName() + Receipt.SUFFIX);
    }

    /// Of a signature that counts but for this. Throws `UnavailableException` when a receipt cannot be read.
    public Judged judge(VerifiedSignature signature, LoggedSignature logged, Place place) {
        var found = place.receipts().stream().filter(Files::exists).findFirst();
        if (found.isEmpty()) {
            return unproven(signature, "no receipt lies beside it");
        }
        String name = String.valueOf(found.get().getFileName());
        try {
            var receipt = Receipt.parse(InputFiles.read("receipt", found.get(), Receipt.BYTES_MAX));
            var entry = logged.entry(receipt);
            return new Judged.Proven(receipt.verify(entry.leafHash(), policy));
        } catch (MalformedException | RefusedException e) {
            return unproven(
                    signature, "its receipt %s does not prove that it is logged: %s".formatted(name, e.sentence()));
        }
    }

    private static Judged unproven(VerifiedSignature signature, String sentence) {
        return new Judged.Unproven(new RejectedSignature(signature.file(), Reason.NOT_LOGGED, sentence));
    }

    /// What the entry has to say of a signature over the artifact that was verified.
    ///
    /// @param artifact its digest, as in [LoggedSignature]
    public LoggedSignature expected(
            VerifiedSignature signature, SignatureFile file, ArtifactName name, Optional<Digest> artifact) {
        var by = new LoggedSignature.By(signature.authority(), signature.format(), signature.key());
        return new LoggedSignature(
                file.bytes(),
                by,
                signature.predicate().isPresent() ? Optional.empty() : artifact,
                named ? Optional.of(name) : Optional.empty());
    }
}
