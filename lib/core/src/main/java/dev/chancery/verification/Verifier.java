// SPDX-License-Identifier: Apache-2.0
package dev.chancery.verification;

import dev.chancery.core.FormatName;
import dev.chancery.core.MalformedException;
import dev.chancery.format.ClaimedSignature;
import dev.chancery.format.Reason;
import dev.chancery.format.Verdict;
import java.util.ArrayList;
import java.util.List;

/// Reads signature files against a keyring. See the package comment for the three steps.
public final class Verifier {
    /// Files beside one artifact: far more than there are authorities, and a bound on the work of one run.
    public static final int SIGNATURE_FILES_MAX = 1_000;

    private final Keyring keyring;

    public Verifier(Keyring keyring) {
        this.keyring = keyring;
    }

    /// Takes the files apart. A file that cannot be read becomes a finding, not an error: the others still
    /// count.
    public Reading read(List<SignatureFile> files) {
        if (files.size() > SIGNATURE_FILES_MAX) {
            throw new MalformedException(
                    "%d signature files are more than %d".formatted(files.size(), SIGNATURE_FILES_MAX));
        }
        var reading = new Reading();
        files.forEach(file -> read(file, reading));
        return reading;
    }

    private void read(SignatureFile file, Reading reading) {
        var faults = new ArrayList<String>();
        for (FormatName format : readable(file)) {
            try {
                for (ClaimedSignature claimed : claimedSignatures(format, file)) {
                    reading.add(claimed, verdict -> finding(file, format, verdict));
                }
                return;
            } catch (MalformedException e) {
                faults.add(e.sentence());
            }
        }
        String sentence = faults.isEmpty() ? "its name belongs to no format" : String.join("; ", faults);
        reading.add(new RejectedSignature(file.name(), Reason.MALFORMED, sentence));
    }

    /// Those that there are keys for; where there are none for any, all of them, so that it is said.
    private List<FormatName> readable(SignatureFile file) {
        var known = file.formats().stream()
                .filter(format -> keyring.format(format).isPresent())
                .toList();
        return known.isEmpty() ? file.formats() : known;
    }

    private List<ClaimedSignature> claimedSignatures(FormatName format, SignatureFile file) {
        return keyring.format(format)
                .orElseThrow(() -> new MalformedException("the keyring has no " + format + " key"))
                .read(file.bytes());
    }

    private static Finding finding(SignatureFile file, FormatName format, Verdict verdict) {
        return verdict instanceof Verdict.Bad bad
                ? new RejectedSignature(file.name(), bad.reason(), bad.sentence())
                : new VerifiedSignature(file.name(), format, (Verdict.Good) verdict);
    }
}
