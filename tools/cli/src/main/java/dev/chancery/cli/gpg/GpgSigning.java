// SPDX-License-Identifier: Apache-2.0
package dev.chancery.cli.gpg;

import dev.chancery.cli.Main;
import dev.chancery.cli.command.ExitStatus;
import dev.chancery.cli.files.OutputFiles;
import dev.chancery.cli.terminal.HintedException;
import dev.chancery.cli.terminal.Terminal;
import dev.chancery.cli.terminal.UsageException;
import dev.chancery.core.Authority;
import dev.chancery.core.Bytes;
import dev.chancery.core.RefusedException;
import dev.chancery.core.UnavailableException;
import dev.chancery.files.FileCause;
import dev.chancery.packet.CleartextDocument;
import dev.chancery.packet.ReadSignature;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/// `--detach-sign` and `--clearsign`: `chancery sign` does it.
final class GpgSigning {
    private static final String STANDARD = "-";
    /// Bytes: a passphrase that is read over.
    private static final int PASSPHRASE_BYTES_MAX = 1 << 12;
    /// GnuPG's GPG_ERR_NO_SECKEY and its INV_SGNR reason "no secret key".
    private static final int NO_SECRET_KEY = 17;
    private static final int SIGNER_WITHOUT_KEY = 9;
    /// GnuPG's GPG_ERR_GENERAL.
    private static final int GENERAL = 1;

    private final Terminal terminal;
    private final GpgOptions options;
    private final StatusLines status;

    GpgSigning(Terminal terminal, GpgOptions options, StatusLines status) {
        this.terminal = terminal;
        this.options = options;
        this.status = status;
    }

    /// `certificates` are asked only where the signer is not named by the authority's name.
    int sign(Supplier<Certificates> certificates) {
        String content = content();
        var signer = signer(certificates);
        boolean clear = options.task() == GpgOptions.Task.CLEARSIGN;
        var target = target(content, clear);
        var files = new OutputFiles(options.replaces(), "--yes replaces it");
        target.ifPresent(files::requireFree);
        var made = new ByteArrayOutputStream();
        var input = content.equals(STANDARD) ? standardInput() : terminal.in();
        int done = Main.run(
                new Terminal(
                        input,
                        new PrintStream(made, true, StandardCharsets.UTF_8),
                        terminal.err(),
                        terminal.environment(),
                        terminal.clock()),
                words(content, signer, clear, input).toArray(String[]::new));
        if (done != ExitStatus.DONE) {
            status.say("FAILURE", "sign", GENERAL);
            return Gpg.FAILED;
        }
        var signature = Bytes.of(made.toByteArray());
        target.ifPresentOrElse(path -> files.write(path, signature), () -> print(signature));
        files.commit();
        tell(signature, clear);
        return Gpg.GOOD;
    }

    private String content() {
        if (options.operands().size() > 1) {
            throw new UsageException("one file at a time: %d are given"
                    .formatted(options.operands().size()));
        }
        return options.operands().stream().findFirst().orElse(STANDARD);
    }

    /// With a server, whose keys need not be in a keyring here, an authority's name is enough.
    private Certificates.Signer signer(Supplier<Certificates> certificates) {
        String named = options.signer();
        try {
            return certificates.get().signer(named);
        } catch (RefusedException | HintedException e) {
            var authority = isServed() ? Certificates.authority(named) : Optional.<Authority>empty();
            if (authority.isEmpty()) {
                status.say("INV_SGNR", SIGNER_WITHOUT_KEY, named);
                status.say("FAILURE", "sign", NO_SECRET_KEY);
                throw e;
            }
            return new Certificates.Signer(authority.get(), Optional.empty());
        }
    }

    private boolean isServed() {
        return !terminal.environment().getOrDefault("CHANCERY_SERVER", "").isEmpty();
    }

    private Optional<Path> target(String content, boolean clear) {
        if (options.output().isPresent()) {
            return options.output().filter(path -> !path.equals(STANDARD)).map(Path::of);
        }
        return content.equals(STANDARD)
                ? Optional.empty()
                : Optional.of(Path.of(content + (clear || options.armor() ? ".asc" : ".sig")));
    }

    private List<String> words(String content, Certificates.Signer signer, boolean clear, InputStream input) {
        var words = new ArrayList<>(List.of(
                "sign",
                "--as",
                signer.authority().name(),
                "--format",
                Certificates.OPENPGP.text(),
                "--encoding",
                clear ? "cleartext" : options.armor() ? "armor" : "binary",
                "--output",
                STANDARD));
        signer.key().ifPresent(key -> words.addAll(List.of("--key", key.hex())));
        if (isServed()) {
            words.add("--no-receipt");
        }
        if (content.equals(STANDARD)) {
            words.addAll(List.of("--name", options.fileName().orElseGet(() -> GitObject.name(input))));
            words.add(STANDARD);
        } else {
            words.addAll(List.of("--", content));
        }
        return words;
    }

    /// What is signed, without a passphrase before it, and so that its beginning can be looked at.
    private InputStream standardInput() {
        var input = new BufferedInputStream(terminal.in());
        if (options.passphraseOnStandardInput()) {
            try {
                int read = 0;
                for (int next = input.read(); next >= 0 && next != '\n'; next = input.read()) {
                    if (++read > PASSPHRASE_BYTES_MAX) {
                        throw new UsageException("the passphrase on standard input has more than %d bytes"
                                .formatted(PASSPHRASE_BYTES_MAX));
                    }
                }
            } catch (IOException e) {
                throw new UnavailableException("standard input cannot be read: " + FileCause.of(e), e);
            }
        }
        return input;
    }

    private void print(Bytes signature) {
        terminal.out().writeBytes(signature.toArray());
        terminal.out().flush();
    }

    /// Section "Signing" of doc/DETAILS: `SIG_CREATED D 22 10 00 1700000000 FINGERPRINT`.
    private void tell(Bytes signature, boolean clear) {
        var file = clear ? CleartextDocument.read(signature).signature() : signature;
        var facts = ReadSignature.facts(file).getFirst();
        status.say("BEGIN_SIGNING", "H" + facts.hashAlgorithm());
        status.say(
                "SIG_CREATED",
                clear ? "C" : "D",
                facts.keyAlgorithm(),
                facts.hashAlgorithm(),
                "%02x".formatted(facts.type()),
                facts.created().getEpochSecond(),
                facts.fingerprint().orElse(facts.keyId()));
    }
}
