// SPDX-License-Identifier: Apache-2.0
package dev.chancery.cli.publication;

import dev.chancery.cli.command.Command;
import dev.chancery.cli.command.ExitStatus;
import dev.chancery.cli.office.Office;
import dev.chancery.cli.remote.TrustedCertificates;
import dev.chancery.cli.terminal.Terminal;
import dev.chancery.cli.terminal.UsageException;
import dev.chancery.core.Authority;
import dev.chancery.core.Bytes;
import dev.chancery.core.FormatName;
import dev.chancery.core.MalformedException;
import dev.chancery.files.KeyringDirectory;
import dev.chancery.json.Json;
import dev.chancery.json.JsonFields;
import dev.chancery.packet.Armor;
import dev.chancery.packet.BouncyCastleReading;
import dev.chancery.packet.CertificateJoining;
import dev.chancery.packet.PacketVersion;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;

/// `chancery keyring publish`.
public final class KeyringPublishCommand extends Command {
    private static final FormatName OPENPGP = new FormatName("openpgp");

    private final Supplier<String> to = requiredOption(
            "--to", "SERVER", "hkps://HOST or hkp://HOST, for most key servers; vks://HOST, as keys.openpgp.org.");
    private final Supplier<List<String>> authorities =
            options("--authority", "AUTHORITY", "Of this authority; may be given several times. Default: all.");
    private final Supplier<Optional<Path>> directory =
            pathOption("--keyring", "DIR", "Certificates of this keyring. Default: the office's own.");
    private final Supplier<Boolean> verify =
            flag("--verify-addresses", "Have a vks server ask by mail those addresses that it does not hand out yet.");
    private final Supplier<Optional<Path>> trust = pathOption(
            "--server-certificate",
            "FILE",
            "Certificates in PEM that are believed instead of those of the Java runtime.");
    private final Supplier<Boolean> json = flag("--json", "Answer in JSON.");

    public KeyringPublishCommand(Terminal terminal) {
        super(
                terminal,
                "Uploads OpenPGP certificates to an outside key server.",
                "",
                "What is uploaded cannot be taken back: most key servers never forget. Upload again after each"
                        + " extension and revocation. Certificates of version 6 are left out, for few"
                        + " servers take them.");
        examples("  chancery keyring publish --to vks://keys.openpgp.org --authority release");
    }

    /// One certificate of one authority.
    private record Sent(Authority authority, String fingerprint, KeyServer.Uploaded uploaded) {}

    @Override
    public Integer call() {
        var office = Office.of(terminal());
        KeyringDirectory keyring = directory
                .get()
                .map(folder -> new KeyringDirectory(folder, office.formats()))
                .orElseGet(() -> {
                    office.requireMade();
                    return office.keyring();
                });
        var server = KeyServer.parse(to.get(), TrustedCertificates.context(trust.get()));
        var wanted = wanted(keyring.files().getOrDefault(OPENPGP, Map.of()));
        var sent = new ArrayList<Sent>();
        wanted.forEach((authority, file) -> CertificateJoining.split(file)
                .forEach(packets -> send(server, authority, packets).ifPresent(one -> {
                    sent.add(one);
                    if (!json.get()) {
                        show(one);
                    }
                })));
        if (json.get()) {
            terminal().out().print(json(server, sent).pretty());
        }
        return ExitStatus.DONE;
    }

    private Map<Authority, Bytes> wanted(Map<Authority, Bytes> files) {
        if (authorities.get().isEmpty()) {
            if (files.isEmpty()) {
                throw new UsageException("the keyring has no OpenPGP certificate");
            }
            return files;
        }
        var wanted = new TreeMap<Authority, Bytes>();
        for (String name : authorities.get()) {
            var authority = new Authority(name);
            var file = files.get(authority);
            if (file == null) {
                throw MalformedException.value("authority", name, "has no OpenPGP certificate in the keyring");
            }
            wanted.put(authority, file);
        }
        return wanted;
    }

    private Optional<Sent> send(KeyServer server, Authority authority, Bytes packets) {
        var certificate =
                BouncyCastleReading.certificates(packets, PacketVersion.V4).getFirst();
        if (!certificate.isOfVersion()) {
            return Optional.empty();
        }
        var uploaded = server.upload(Armor.write(Armor.Kind.PUBLIC_KEY, packets));
        if (verify.get() && !uploaded.unpublished().isEmpty()) {
            uploaded = server.verify(uploaded.token(), uploaded.unpublished());
        }
        return Optional.of(new Sent(authority, certificate.fingerprintText(), uploaded));
    }

    private void show(Sent sent) {
        terminal().out().println("%s %s uploaded".formatted(sent.authority(), sent.fingerprint()));
        sent.uploaded()
                .addresses()
                .forEach((address, status) -> terminal()
                        .out()
                        .println("  %s %s"
                                .formatted(
                                        dev.chancery.core.Quoted.text(address),
                                        dev.chancery.core.Quoted.text(status))));
    }

    private static Json.Members json(KeyServer server, List<Sent> sent) {
        var certificates = sent.stream()
                .map(one -> {
                    var addresses = new JsonFields();
                    one.uploaded().addresses().forEach(addresses::put);
                    return new JsonFields()
                            .put("authority", one.authority().name())
                            .put("fingerprint", one.fingerprint())
                            .put("addresses", addresses.toJson())
                            .toJson();
                })
                .toList();
        return new JsonFields()
                .put("server", server.toString())
                .put("certificates", certificates)
                .toJson();
    }
}
