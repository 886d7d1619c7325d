// SPDX-License-Identifier: Apache-2.0
package dev.chancery.cli.gpg;

import dev.chancery.cli.files.Content;
import dev.chancery.cli.terminal.Shown;
import dev.chancery.cli.terminal.Terminal;
import dev.chancery.cli.terminal.UsageException;
import dev.chancery.core.ArtifactName;
import dev.chancery.core.Bytes;
import dev.chancery.core.MalformedException;
import dev.chancery.core.Signature;
import dev.chancery.core.UnavailableException;
import dev.chancery.enclave.libraries.Wiring;
import dev.chancery.files.FileCause;
import dev.chancery.files.InputFiles;
import dev.chancery.files.KeyringDirectory;
import dev.chancery.packet.Certificate;
import dev.chancery.packet.CleartextDocument;
import dev.chancery.packet.ReadSignature;
import dev.chancery.verification.Finding;
import dev.chancery.verification.RejectedSignature;
import dev.chancery.verification.SignatureFile;
import dev.chancery.verification.VerifiedSignature;
import dev.chancery.verification.Verifier;
import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// `--verify`: each signature of a file against the keyring. An authority of the keyring is trusted as such; who
/// demands certain ones reads the names, or takes `chancery verify --require`.
final class GpgVerifying {
    private static final String STANDARD = "-";
    private static final Pattern SUFFIX = Pattern.compile("(.+)\\.(asc|sig|sign)");
    /// GnuPG's ERRSIG reasons.
    private static final int UNKNOWN_ALGORITHM = 4;
    private static final int NO_PUBLIC_KEY = 9;

    private final Terminal terminal;
    private final StatusLines status;
    private final KeyringDirectory keyring;
    private final Certificates certificates;

    GpgVerifying(Terminal terminal, StatusLines status, KeyringDirectory keyring) {
        this.terminal = terminal;
        this.status = status;
        this.keyring = keyring;
        this.certificates = new Certificates(keyring);
    }

    int verify(GpgOptions options, Wiring wiring) {
        var operands = options.operands();
        if (operands.isEmpty() || operands.size() > 2) {
            throw new UsageException("--verify takes the signature's file, and the file that is signed");
        }
        if (options.output().isPresent()) {
            throw new UsageException(
                    "--output is not for --verify: 'chancery verify --output' writes what is verified");
        }
        Bytes file = read(operands.getFirst());
        boolean clear = CleartextDocument.isOne(file);
        if (clear && operands.size() == 2) {
            throw new UsageException("%s is a text with its own signature in it, and signs no other file"
                    .formatted(operands.getFirst()));
        }
        var document = clear ? Optional.of(CleartextDocument.read(file)) : Optional.<CleartextDocument>empty();
        var signatures = document.map(CleartextDocument::signature).orElse(file);
        var content = document.map(text -> Content.memory(new ArtifactName("text"), text.text()))
                .orElseGet(() -> content(operands));
        return verify(content, signatures, wiring);
    }

    private int verify(Content content, Bytes signatures, Wiring wiring) {
        var facts = facts(signatures);
        var reading = new Verifier(keyring.read())
                .read(List.of(new SignatureFile("signature", List.of(Certificates.OPENPGP), signatures)));
        var measured = content.measure(terminal, wiring.hashes(), reading.measures());
        var findings = reading.check(measured, terminal.clock().instant());
        if (findings.size() != facts.size()) { // the keyring has no OpenPGP keys at all
            facts.forEach(this::unknown);
            return Gpg.FAILED;
        }
        int worst = Gpg.GOOD;
        for (int i = 0; i < facts.size(); i++) {
            worst = Math.max(worst, tell(facts.get(i), findings.get(i)));
        }
        return worst;
    }

    private List<ReadSignature.Facts> facts(Bytes signatures) {
        try {
            return ReadSignature.facts(signatures);
        } catch (MalformedException e) {
            status.say("NODATA", UNKNOWN_ALGORITHM);
            throw e;
        }
    }

    private Bytes read(String operand) {
        if (!operand.equals(STANDARD)) {
            return InputFiles.read("signature", Path.of(operand), CleartextDocument.BYTES_MAX);
        }
        try {
            byte[] bytes = terminal.in().readNBytes(Signature.BYTES_MAX + 1);
            if (bytes.length > Signature.BYTES_MAX) {
                throw new MalformedException("standard input has more than %d bytes".formatted(Signature.BYTES_MAX));
            }
            return Bytes.of(bytes);
        } catch (IOException e) {
            throw new UnavailableException("standard input cannot be read: " + FileCause.of(e), e);
        }
    }

    private Content content(List<String> operands) {
        if (operands.size() == 2) {
            return operands.get(1).equals(STANDARD)
                    ? Content.standardInput(terminal, new ArtifactName("stdin"))
                    : Content.file(Path.of(operands.get(1)));
        }
        var name = SUFFIX.matcher(operands.getFirst());
        if (!name.matches()) {
            throw new UsageException(
                    "which file %s signs cannot be told by its name: name it".formatted(operands.getFirst()));
        }
        return Content.file(Path.of(name.group(1)));
    }

    /// The status lines and sentences for one signature, and what it lets gpg exit with.
    private int tell(ReadSignature.Facts facts, Finding finding) {
        status.say("NEWSIG");
        var certificate = certificates.withKey(facts.fingerprint().orElse(facts.keyId()));
        String user = certificate.map(Certificates::user).orElse("");
        say("Signature made %s".formatted(facts.created()));
        say("using OpenPGP key %s".formatted(facts.fingerprint().orElse(facts.keyId())));
        return switch (finding) {
            case VerifiedSignature good -> {
                status.say("GOODSIG", facts.keyId(), user);
                status.say("VALIDSIG", valid(facts, certificate.orElseThrow()));
                status.say("TRUST_FULLY", 0, "pgp");
                say("Good signature from \"%s\", authority %s".formatted(user, good.authority()));
                yield Gpg.GOOD;
            }
            case RejectedSignature bad -> rejected(facts, bad, user);
        };
    }

    private int rejected(ReadSignature.Facts facts, RejectedSignature bad, String user) {
        int exit = switch (bad.reason()) {
            case OTHER_CONTENT -> bad("BADSIG", facts, user);
            case EXPIRED -> bad("EXPKEYSIG", facts, user);
            case REVOKED -> bad("REVKEYSIG", facts, user);
            case UNKNOWN_KEY -> unknown(facts);
            default -> error(facts, UNKNOWN_ALGORITHM);
        };
        say("%s signature: %s".formatted(exit == Gpg.BAD ? "BAD" : "Can't check", bad.sentence()));
        return exit;
    }

    private int bad(String keyword, ReadSignature.Facts facts, String user) {
        status.say(keyword, facts.keyId(), user);
        return Gpg.BAD;
    }

    private int unknown(ReadSignature.Facts facts) {
        int exit = error(facts, NO_PUBLIC_KEY);
        status.say("NO_PUBKEY", facts.keyId());
        return exit;
    }

    private int error(ReadSignature.Facts facts, int reason) {
        status.say(
                "ERRSIG",
                facts.keyId(),
                facts.keyAlgorithm(),
                facts.hashAlgorithm(),
                "%02x".formatted(facts.type()),
                facts.created().getEpochSecond(),
                reason,
                facts.fingerprint().orElse("-"));
        return Gpg.FAILED;
    }

    /// `VALIDSIG` has the key that signed, the day and time of the signature, that it does not end, its version, a
    /// reserved word, algorithms and type, and the primary key.
    private static Object[] valid(ReadSignature.Facts facts, Certificate certificate) {
        String key = certificate.keys(certificate.updated()).stream()
                .map(Certificate.KeyFacts::fingerprintText)
                .filter(text -> text.endsWith(facts.keyId()))
                .findFirst()
                .orElseThrow();
        return new Object[] {
            key,
            LocalDate.ofInstant(facts.created(), ZoneOffset.UTC),
            facts.created().getEpochSecond(),
            0,
            facts.version(),
            0,
            facts.keyAlgorithm(),
            facts.hashAlgorithm(),
            "%02x".formatted(facts.type()),
            certificate.fingerprintText()
        };
    }

    private void say(String sentence) {
        terminal.err().println("gpg: " + Shown.plain(sentence));
    }
}
