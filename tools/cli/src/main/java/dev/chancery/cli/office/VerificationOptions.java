// SPDX-License-Identifier: Apache-2.0
package dev.chancery.cli.office;

import dev.chancery.cli.terminal.HintedException;
import dev.chancery.cli.terminal.Terminal;
import dev.chancery.cli.terminal.UsageException;
import dev.chancery.core.UnavailableException;
import dev.chancery.enclave.libraries.Wiring;
import dev.chancery.files.InputFiles;
import dev.chancery.files.KeyringDirectory;
import dev.chancery.policy.Requirement;
import dev.chancery.policy.VerificationPolicy;
import dev.chancery.trust.TrustedKeyring;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// What `--require`, `--policy` and `--keyring` mean, wherever something is verified.
public final class VerificationOptions {
    /// Bytes.
    private static final int POLICY_BYTES_MAX = 1 << 20;

    private VerificationOptions() {}

    /// The policy of the command line, or that of the file: one of them has to be given.
    public static VerificationPolicy policy(List<String> requirements, Optional<Path> file) {
        return policyOf(requirements.stream().map(Requirement::parse).toList(), file);
    }

    /// The same for requirements that more options than `--require` say.
    public static VerificationPolicy policyOf(List<Requirement> requirements, Optional<Path> file) {
        if (file.isPresent() && requirements.isEmpty()) {
            return VerificationPolicy.parse(InputFiles.read("policy file", file.get(), POLICY_BYTES_MAX));
        }
        if (file.isPresent()) {
            throw new UsageException("--policy and --require exclude each other");
        }
        if (requirements.isEmpty()) {
            throw new UsageException("say who must have signed: --require WHO, or --policy FILE");
        }
        return VerificationPolicy.requiring(requirements);
    }

    /// The keyring that was asked for, else the office's. One that `keyring update` keeps is refused past its end.
    public static KeyringDirectory keyring(Terminal terminal, Optional<Path> asked, Wiring wiring) {
        Path directory = asked.orElseGet(() -> Office.of(terminal).keyringDirectory());
        if (!Files.exists(directory)) {
            throw new HintedException(
                    new UnavailableException("there is no keyring at %s".formatted(directory)),
                    "--keyring names a directory that 'chancery keyring export' wrote");
        }
        TrustedKeyring.requireFresh(directory, terminal.clock().instant());
        return new KeyringDirectory(directory, wiring.formats());
    }
}
