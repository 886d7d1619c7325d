// SPDX-License-Identifier: Apache-2.0
package dev.chancery.cli.keys;

import dev.chancery.cli.command.ExitStatus;
import dev.chancery.cli.life.KeyCertifying;
import dev.chancery.cli.terminal.Terminal;
import dev.chancery.cli.terminal.UsageException;
import dev.chancery.core.MalformedException;
import dev.chancery.files.InputFiles;
import dev.chancery.files.KeyringDirectory;
import dev.chancery.json.JsonFields;
import dev.chancery.life.CertificationPolicy;
import dev.chancery.openpgp.AuthorityCertificate;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/// `chancery key policy`.
public final class KeyPolicyCommand extends KeyCommand {
    private final Supplier<List<Path>> administrators = pathOptions(
            "--administrator",
            "FILE",
            "The certificate of one who certifies, as gpg --export writes it. Together they take the place of those"
                    + " before. May be given several times.");
    private final Supplier<Optional<String>> required =
            option("--required", "COUNT", "How many of them a key needs before it is published and signs.");
    private final Supplier<Boolean> dryRun = dryRun();

    public KeyPolicyCommand(Terminal terminal) {
        super(
                terminal,
                "Says who certifies an authority's keys, and how many of them have to; without options, shows it.",
                "",
                "A certification counts while its administrator's key is not compromised. Make sure that the"
                        + " certificates are theirs.");
        examples("  chancery key policy release --administrator alice.asc --administrator bob.asc --required 2");
    }

    @Override
    public Integer call() {
        var life = office().life(authority());
        if (!administrators.get().isEmpty() || required.get().isPresent()) {
            if (administrators.get().isEmpty() || required.get().isEmpty()) {
                throw new UsageException("--administrator and --required belong together");
            }
            List<AuthorityCertificate> certificates = administrators.get().stream()
                    .map(file -> AuthorityCertificate.read(
                            InputFiles.read("certificate", file, KeyringDirectory.FILE_BYTES_MAX)))
                    .toList();
            new KeyCertifying(life).policy(count(required.get().get()), certificates, dryRun.get());
        }
        show(life.ledger().certifications());
        return ExitStatus.DONE;
    }

    private static int count(String text) {
        boolean number = text.length() <= 2 && !text.isEmpty() && text.chars().allMatch(c -> c >= '0' && c <= '9');
        if (!number) {
            throw MalformedException.value("count", text, "is not a number of administrators");
        }
        return Integer.parseInt(text);
    }

    private void show(CertificationPolicy policy) {
        if (isJson()) {
            terminal()
                    .out()
                    .print(new JsonFields()
                            .put("required", policy.required())
                            .putTexts("administrators", policy.administrators())
                            .toJson()
                            .pretty());
            return;
        }
        say("%d of %d administrators have to certify"
                .formatted(policy.required(), policy.administrators().size()));
        policy.administrators().forEach(administrator -> say("  " + administrator));
    }
}
