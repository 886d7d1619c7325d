// SPDX-License-Identifier: Apache-2.0
package dev.chancery.cli.publication;

import dev.chancery.cli.command.Command;
import dev.chancery.cli.command.ExitStatus;
import dev.chancery.cli.command.ExpiryOption;
import dev.chancery.cli.files.OutputFiles;
import dev.chancery.cli.office.Office;
import dev.chancery.cli.terminal.Shown;
import dev.chancery.cli.terminal.Terminal;
import dev.chancery.cli.terminal.UsageException;
import dev.chancery.core.Bytes;
import dev.chancery.core.FormatName;
import dev.chancery.core.MalformedException;
import dev.chancery.enclave.libraries.Wiring;
import dev.chancery.files.KeyringDirectory;
import dev.chancery.json.JsonFields;
import dev.chancery.policy.Requirement;
import dev.chancery.trust.KeyringDocument;
import dev.chancery.trust.TrustedKeyring;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;

/// `chancery keyring compose`.
public final class KeyringComposeCommand extends Command {
    private static final FormatName STATEMENT = new FormatName("statement");

    private final Supplier<Path> document = pathArgument("DOCUMENT", "Where to: keyring.json.");
    private final Supplier<String> serial =
            requiredOption("--serial", "NUMBER", "Greater than that of every document before; the first may be 1.");
    private final Supplier<String> quorum =
            requiredOption("--quorum", "WHO", "Who has to sign this document and the next: 2:alice,bob,carol.");
    private final Supplier<Optional<String>> expires = option(
            "--expires", "WHEN", "When hosts stop trusting it: 6m, 90d, a date; at most two years. Default: 6m.");
    private final Supplier<Optional<Path>> directory =
            pathOption("--keyring", "DIR", "The keyring that is put into it. Default: the office's own.");
    private final Supplier<Boolean> force = flag("--force", "Replace the file that is there already.");
    private final Supplier<Boolean> json = flag("--json", "Answer in JSON.");

    public KeyringComposeCommand(Terminal terminal) {
        super(
                terminal,
                "Writes a keyring as one document, to be signed, for hosts that keep theirs with"
                        + " 'chancery keyring update'.",
                "",
                "Each of the quorum then signs it with 'chancery attest DOCUMENT --as NAME --param"
                        + " keyring-serial=NUMBER';"
                        + " so each needs a key for statements. Let these authorities sign nothing"
                        + " else: who may have them"
                        + " state what he likes could replace everybody's keys. The quorum of the"
                        + " document before has to"
                        + " sign as well.");
        examples("  chancery keyring compose keyring.json --serial 7 --quorum 2:alice,bob,carol");
    }

    @Override
    public Integer call() {
        var now = terminal().clock().instant();
        var end = ExpiryOption.parse(expires.get().orElse("6m"), now)
                .filter(time -> !time.isAfter(now.plus(TrustedKeyring.LIFETIME_MAX)))
                .orElseThrow(() -> new UsageException("a keyring document ends within two years: --expires 6m"));
        KeyringDirectory keyring = directory
                .get()
                .map(folder -> new KeyringDirectory(folder, Wiring.ofLibraries().formats()))
                .orElseGet(() -> Office.of(terminal()).keyring());
        keyring.read(); // what does not read is not given out
        var files = new TreeMap<String, Bytes>();
        keyring.files()
                .forEach((format, ofFormat) -> ofFormat.forEach((authority, file) ->
                        files.put(String.valueOf(keyring.file(authority, format).getFileName()), file)));
        requireSigners(keyring);
        var made = new KeyringDocument(number(), end, quorum.get(), files);
        Bytes written = made.write();
        var output = new OutputFiles(force.get(), "--force replaces it");
        output.write(document.get(), written);
        output.commit();
        show(made, TrustedKeyring.sha256(written));
        return ExitStatus.DONE;
    }

    private long number() {
        try {
            return Long.parseLong(serial.get());
        } catch (NumberFormatException e) {
            throw new MalformedException(
                    "serial number %s is none".formatted(dev.chancery.core.Quoted.text(serial.get())), e);
        }
    }

    /// Without keys that can sign it, nobody could ever take the document.
    private void requireSigners(KeyringDirectory keyring) {
        var able = keyring.files().getOrDefault(STATEMENT, Map.of()).keySet();
        for (var authority : Requirement.parse(quorum.get()).authorities()) {
            if (!able.contains(authority)) {
                throw MalformedException.value(
                        "authority", authority.name(), "is in the quorum and has no key for statements in the keyring");
            }
        }
    }

    private void show(KeyringDocument made, String sha256) {
        if (json.get()) {
            terminal()
                    .out()
                    .print(new JsonFields()
                            .put("document", document.get().toString())
                            .put("serial", made.serial())
                            .put("expires", made.expires().toString())
                            .put("sha256", sha256)
                            .toJson()
                            .pretty());
            return;
        }
        terminal()
                .out()
                .println("%s has serial number %d and ends at %s"
                        .formatted(Shown.plain(document.get()), made.serial(), made.expires()));
        terminal().out().println("SHA-256, to pin it where it is the first: " + sha256);
    }
}
