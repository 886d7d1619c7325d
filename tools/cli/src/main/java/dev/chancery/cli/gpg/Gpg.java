// SPDX-License-Identifier: Apache-2.0
package dev.chancery.cli.gpg;

import dev.chancery.cli.office.VerificationOptions;
import dev.chancery.cli.reference.GpgHelp;
import dev.chancery.cli.terminal.HintedException;
import dev.chancery.cli.terminal.Shown;
import dev.chancery.cli.terminal.Terminal;
import dev.chancery.cli.terminal.UsageException;
import dev.chancery.core.Bytes;
import dev.chancery.core.ChanceryException;
import dev.chancery.core.RefusedException;
import dev.chancery.enclave.libraries.Wiring;
import dev.chancery.files.KeyringDirectory;
import dev.chancery.openpgp.OpenPgpKeyFiles;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// The entry of `chancery-gpg`.
public final class Gpg {
    /// Exit statuses of gpg: done, a bad signature, anything else.
    static final int GOOD = 0;

    static final int BAD = 1;
    static final int FAILED = 2;

    private static final String KEYRING = "CHANCERY_KEYRING";
    /// Tools read the number to know what they may ask: it is that of the gpg whose answers these are.
    private static final String VERSION = "gpg (Chancery) 2.2.40";

    private final Terminal terminal;

    private Gpg(Terminal terminal) {
        this.terminal = terminal;
    }

    public static void main(String[] arguments) {
        var terminal = Terminal.system();
        int status = run(terminal, List.of(arguments));
        terminal.out().flush();
        Runtime.getRuntime().halt(terminal.out().checkError() && status == GOOD ? FAILED : status);
    }

    /// Whatever happens becomes a message on standard error and a status.
    static int run(Terminal terminal, List<String> words) {
        var gpg = new Gpg(terminal);
        try {
            return gpg.run(GpgOptions.parse(words));
        } catch (UsageException e) {
            gpg.complain(String.valueOf(e.getMessage()));
            gpg.complain("'chancery-gpg --help' tells what it does");
        } catch (HintedException e) {
            gpg.complain(e.error().sentence());
            gpg.complain(e.hint());
        } catch (ChanceryException e) {
            gpg.complain(e.sentence());
        }
        return FAILED;
    }

    private void complain(String sentence) {
        terminal.err().println("gpg: " + Shown.plain(sentence));
    }

    private int run(GpgOptions options) {
        switch (options.task()) {
            case VERSION -> terminal.out().println(VERSION);
            case HELP -> terminal.out().println(GpgHelp.text());
            case EXPORT -> export(options);
            case VERIFY -> {
                var wiring = Wiring.ofLibraries();
                var status = StatusLines.of(terminal, options.statusDescriptor());
                return new GpgVerifying(terminal, status, keyring(wiring)).verify(options, wiring);
            }
            default -> {
                var status = StatusLines.of(terminal, options.statusDescriptor());
                return new GpgSigning(terminal, options, status)
                        .sign(() -> new Certificates(keyring(Wiring.ofLibraries())));
            }
        }
        return GOOD;
    }

    private KeyringDirectory keyring(Wiring wiring) {
        var named = Optional.ofNullable(terminal.environment().get(KEYRING)).filter(text -> !text.isEmpty());
        return VerificationOptions.keyring(terminal, named.map(Path::of), wiring);
    }

    private void export(GpgOptions options) {
        if (options.output().filter(name -> !name.equals("-")).isPresent()) {
            throw new UsageException("--export writes to standard output");
        }
        var files = new Certificates(keyring(Wiring.ofLibraries())).files(options.operands());
        if (files.isEmpty()) {
            throw new RefusedException("no-key", "the keyring has no OpenPGP certificate");
        }
        for (Bytes file : files) {
            Bytes written = options.armor() ? file : OpenPgpKeyFiles.binary(file);
            terminal.out().writeBytes(written.toArray());
        }
    }
}
