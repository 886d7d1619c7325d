// SPDX-License-Identifier: Apache-2.0
package dev.chancery.cli.publishing;

import dev.chancery.algorithms.PublicKeyPem;
import dev.chancery.core.Authority;
import dev.chancery.core.Bytes;
import dev.chancery.core.FormatName;
import dev.chancery.key.PublicKey;
import dev.chancery.key.Scheme;
import dev.chancery.verification.VerifiedSignature;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What a bundle says to people who have no program of ours: how each signature is verified with stock tools, in the
/// unpacked directory. Each command exits with 0 exactly when the signature is good.
final class BundleReadme {
    private static final String BEGINNING = """
            # A bundle of signed artifacts

            `artifacts/` has them, with their signatures and receipts beside them; `keyring/` the public keys of those
            who signed, for `chancery verify --keyring`, and `keys/` the same keys for other tools.

            **Believe neither keys nor policy because they came with what they are about.** Verify with a keyring that
            you have already: `chancery bundle verify FILE --require WHO`. A newer one, where `update/` has it, is taken
            only if yours vouches for it: `chancery keyring update update/keyring.json --keyring DIR`. The sender
            demanded what `policy.json` says.

            With stock tools, here, once the fingerprints of the keys are compared with what you have from elsewhere:
            """;

    private final StringBuilder text = new StringBuilder(BEGINNING);
    private final Map<FormatName, Map<Authority, Bytes>> keyring;

    BundleReadme(Map<FormatName, Map<Authority, Bytes>> keyring) {
        this.keyring = keyring;
    }

    /// Adds what there is to say of an artifact's signatures.
    void artifact(String name, List<VerifiedSignature> signatures) {
        text.append("\n## `%s`\n".formatted(name));
        for (var signature : signatures) {
            text.append("\n%s, by %s (%s):\n".formatted(signature.file(), signature.authority(), signature.format()));
            var command = command(signature, quoted(name), quoted(signature.file()));
            text.append(command.map("\n```sh\n%s\n```\n"::formatted)
                    .orElse("\n`chancery verify` reads it; no command of a stock tool is at hand here.\n"));
        }
    }

    /// As a word of a shell, below `artifacts/`.
    private static String quoted(String name) {
        String path = "artifacts/" + name;
        return path.matches("[A-Za-z0-9/._+~-]+") ? path : "'" + path.replace("'", "'\\''") + "'";
    }

    private Optional<String> command(VerifiedSignature signature, String artifact, String file) {
        var who = signature.authority();
        boolean stated = signature.predicate().isPresent();
        return switch (signature.format().text()) {
            case "openpgp" ->
                Optional.of("gpgv --status-fd 1 --keyring ./keys/%s.gpg %s %s | grep '^\\[GNUPG:\\] GOODSIG '"
                        .formatted(who, file, artifact));
            case "raw" -> Optional.of(raw(signature, artifact, file));
            case "cms" ->
                Optional.of("openssl cms -verify -binary -inform DER -in %s -content %s -CAfile keys/%s.cms.pem \\\n"
                                .formatted(file, artifact, who)
                        + "    -partial_chain -purpose any -out /dev/null");
            case "minisign" ->
                one(signature)
                        .map(there -> "minisign -V -p keys/%s.minisign.pub -x %s -m %s".formatted(who, file, artifact));
            case "signify" ->
                one(signature)
                        .map(there ->
                                "signify-openbsd -V -p keys/%s.signify.pub -x %s -m %s".formatted(who, file, artifact));
            case "sshsig" ->
                Optional.of("ssh-keygen -Y verify -f keys/allowed_signers -I %s -n file -s %s < %s"
                        .formatted(who, file, artifact));
            case "sigstore" ->
                Optional.of(("cosign verify-blob --new-bundle-format --trusted-root keys/trusted_root.json \\\n"
                                        + "    --insecure-ignore-tlog=true --key keys/%s.cosign.pub --bundle %s %s")
                                .formatted(who, file, artifact))
                        .filter(command -> !stated && one(signature).isPresent());
            default -> Optional.empty();
        };
    }

    private Bytes file(VerifiedSignature signature) {
        return Optional.ofNullable(
                        keyring.getOrDefault(signature.format(), Map.of()).get(signature.authority()))
                .orElseThrow();
    }

    /// The authority's key of the format, where there is one alone: these tools' files have a number otherwise.
    private Optional<Bytes> one(VerifiedSignature signature) {
        Bytes file = file(signature);
        var lines =
                new String(file.toArray(), StandardCharsets.ISO_8859_1).lines().toList();
        boolean pem = lines.stream().anyMatch(line -> line.startsWith("-----BEGIN "));
        long keys = pem
                ? lines.stream().filter(line -> line.startsWith("-----BEGIN ")).count()
                : lines.stream()
                        .filter(line -> !line.isBlank() && !line.startsWith("untrusted comment"))
                        .count();
        return Optional.of(file).filter(there -> keys == 1);
    }

    private String raw(VerifiedSignature signature, String artifact, String file) {
        int number = 0;
        for (PublicKey key : PublicKeyPem.read(signature.authority(), file(signature))) {
            number++;
            if (key.id().equals(signature.key())) {
                String name = number == 1 ? signature.authority().name() : signature.authority() + "-" + number;
                return key.scheme() == Scheme.ED25519
                        ? "openssl pkeyutl -verify -pubin -inkey keys/%s.pem -rawin -in %s -sigfile %s"
                                .formatted(name, artifact, file)
                        : "openssl dgst -sha256 -verify keys/%s.pem -signature %s %s".formatted(name, file, artifact);
            }
        }
        throw new IllegalStateException("a signature that counts has no key in the keyring");
    }

    Bytes bytes() {
        return Bytes.of(text.toString().getBytes(StandardCharsets.UTF_8));
    }
}
