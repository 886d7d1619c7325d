// SPDX-License-Identifier: Apache-2.0
package dev.chancery.cli.demo;

import dev.chancery.core.UnavailableException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.bouncycastle.openpgp.PGPPublicKeyRing;
import org.bouncycastle.openpgp.operator.bc.BcKeyFingerprintCalculator;

/// The stock verifiers that are installed judge every signature that they can read, in each of the four cases.
final class Trial {
    private static final String ROW = "%-9s %-9s %-14s %-10s %s";

    private final Path directory;
    private final Programs programs;
    private final Story story;

    Trial(Path directory, Programs programs, Story story) {
        this.directory = directory;
        this.programs = programs;
        this.story = story;
    }

    void judge(List<Specimen> specimens) {
        Set<StockVerifier.Tool> missing = new LinkedHashSet<>();
        boolean headed = false;
        for (var verifier : StockVerifier.ALL) {
            if (programs.find(verifier.tool().program()).isEmpty()) {
                missing.add(verifier.tool());
                continue;
            }
            if (!headed) {
                story.indented(ROW.formatted((Object[]) headings()).stripTrailing());
                headed = true;
            }
            specimens.stream()
                    .filter(specimen -> verifier.judges().test(specimen.form()))
                    .forEach(specimen -> judge(verifier, specimen));
        }
        missing.forEach(story::missing);
    }

    private static String[] headings() {
        return new String[] {
            Folder.GOOD + "/", Folder.BAD_FILE + "/", Folder.BAD_SIGNATURE + "/", Folder.WRONG_KEY + "/", ""
        };
    }

    private void judge(StockVerifier verifier, Specimen specimen) {
        var verdicts = new ArrayList<Verdict>();
        for (Folder folder : Folder.values()) {
            verdicts.add(verdict(verifier, specimen, folder));
        }
        story.verdicts(verifier.tool().name(), Optional.of(specimen), verdicts);
        story.indented(ROW.formatted(
                verdicts.get(0).shown(),
                verdicts.get(1).shown(),
                verdicts.get(2).shown(),
                verdicts.get(3).shown(),
                verdicts.getFirst().command()));
    }

    private Verdict verdict(StockVerifier verifier, Specimen specimen, Folder folder) {
        var command = verifier.on(specimen, folder.toString());
        var run = programs.run(command);
        var said = run.finished()
                ? Verdict.Said.of(verifier.reading().accepts(run, () -> fingerprint(specimen.authority())))
                : Verdict.Said.NOTHING;
        return new Verdict(command, folder, said, run.output());
    }

    /// What gpg has to name: the fingerprint of the certificate that the office made, read by us and not by
    /// gpg.
    private String fingerprint(String authority) {
        Path file = directory.resolve("keys").resolve(authority + ".gpg");
        try (var input = Files.newInputStream(file)) {
            var certificate = new PGPPublicKeyRing(input, new BcKeyFingerprintCalculator());
            return HexFormat.of()
                    .formatHex(certificate.getPublicKey().getFingerprint())
                    .toUpperCase(Locale.ROOT);
        } catch (IOException e) {
            throw new UnavailableException("certificate %s cannot be read: %s".formatted(file, e.getMessage()), e);
        }
    }
}
