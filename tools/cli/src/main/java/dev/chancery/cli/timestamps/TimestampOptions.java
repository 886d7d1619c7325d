// SPDX-License-Identifier: Apache-2.0
package dev.chancery.cli.timestamps;

import dev.chancery.algorithms.SignatureChecks;
import dev.chancery.cli.signing.Signing;
import dev.chancery.cli.terminal.Terminal;
import dev.chancery.cli.terminal.UsageException;
import dev.chancery.core.Bytes;
import dev.chancery.core.MalformedException;
import dev.chancery.core.Quoted;
import dev.chancery.files.InputFiles;
import dev.chancery.files.KeyringDirectory;
import dev.chancery.key.CertificateChain;
import dev.chancery.timestamp.TimestampServices;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/// Which service is asked, and whom to believe: options, else the environment, else the keyring.
public record TimestampOptions(Optional<String> service, Optional<Path> certificate) {
    /// The environment's name for the service.
    public static final String SERVICE = "CHANCERY_TIMESTAMP_SERVICE";
    private static final String CERTIFICATE = "CHANCERY_TIMESTAMP_CERTIFICATE";
    private static final Set<String> SCHEMES = Set.of("http", "https");

    /// Whether the command line asks for timestamps, so that it is wrong where nothing can bear one.
    public boolean isAsked() {
        return service.isPresent() || certificate.isPresent();
    }

    /// What stamps signatures, if anybody asks for timestamps.
    public Signing.Stamp stamp(Terminal terminal, Supplier<KeyringDirectory> keyring) {
        if (certificate.isPresent()
                && service.isEmpty()
                && variable(terminal, SERVICE).isEmpty()) {
            throw new UsageException("--timestamp-certificate is for a timestamp service; name it with"
                    + " --timestamp-service or " + SERVICE);
        }
        return service.or(() -> variable(terminal, SERVICE))
                .<Signing.Stamp>map(text -> new Stamping(terminal, address(text), trusted(terminal, keyring)))
                .orElse((signature, format) -> signature);
    }

    private static Optional<String> variable(Terminal terminal, String name) {
        return Optional.ofNullable(terminal.environment().get(name)).filter(text -> !text.isEmpty());
    }

    /// A password in an address would stand in messages, process lists and logs.
    private static URI address(String text) {
        try {
            var address = new URI(text);
            boolean right = address.getScheme() != null
                    && SCHEMES.contains(address.getScheme().toLowerCase(Locale.ROOT))
                    && address.getHost() != null
                    && address.getRawUserInfo() == null
                    && address.getRawFragment() == null;
            if (right) {
                return address;
            }
        } catch (URISyntaxException notAnAddress) {
            // Falls through to the one sentence for every fault.
        }
        throw new UsageException("timestamp service %s is not an http or https address without user and fragment"
                .formatted(Quoted.text(text)));
    }

    private TimestampServices trusted(Terminal terminal, Supplier<KeyringDirectory> keyring) {
        Optional<Path> file =
                certificate.or(() -> variable(terminal, CERTIFICATE).map(Path::of));
        Optional<Bytes> pem = file.isPresent()
                ? file.map(path -> InputFiles.read("timestamp certificate", path, CertificateChain.FILE_BYTES_MAX))
                : keyring.get().timestampServices();
        try {
            return TimestampServices.of(
                    CertificateChain.parse(pem.orElseThrow(TimestampOptions::nobody)), new SignatureChecks());
        } catch (MalformedException e) {
            throw new MalformedException("timestamp certificate is not right: " + e.sentence(), e);
        }
    }

    private static UsageException nobody() {
        return new UsageException("say whose timestamps to believe: --timestamp-certificate FILE or " + CERTIFICATE
                + ", or 'chancery keyring import FILE --as-timestamp-service'");
    }
}
