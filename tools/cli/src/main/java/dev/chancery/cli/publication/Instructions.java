// SPDX-License-Identifier: Apache-2.0
package dev.chancery.cli.publication;

import dev.chancery.algorithms.PublicKeyPem;
import dev.chancery.core.Authority;
import dev.chancery.core.Bytes;
import dev.chancery.core.FormatName;
import dev.chancery.files.StockKeys;
import dev.chancery.key.PublicKey;
import dev.chancery.key.Scheme;
import dev.chancery.packet.BouncyCastleReading;
import dev.chancery.packet.Certificate;
import dev.chancery.packet.PacketVersion;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// How to verify one authority's signatures, in Markdown, for those who have its public keys and no program of
/// ours.
///
/// What stands in a block `sh` can be run as it is and exits with 0 exactly when the signature is good; `text` is
/// for what changes the host. Keys whose fingerprints stand in the text are worth what the way is worth by which
/// the text came.
final class Instructions {
    private final Authority authority;
    private final String artifact;
    private final Optional<String> url;
    private final Instant now;
    private final StringBuilder text = new StringBuilder();

    /// @param url of the server that hands out the keys; without it they come as a directory `keys`
    Instructions(Authority authority, String artifact, Optional<String> url, Instant now) {
        this.authority = authority;
        this.artifact = artifact;
        this.url = url;
        this.now = now;
    }

    /// @param files the authority's public key files by format
    String write(Map<FormatName, Bytes> files) {
        SortedMap<String, Bytes> known = new TreeMap<>();
        files.forEach((format, file) -> known.put(format.text(), file));
        text.append("# Verifying what %s signed\n\n".formatted(authority));
        text.append("The artifact is `%s`, and its signature lies beside it. Each command exits with 0 exactly when the"
                        .formatted(artifact)
                + " signature is good.\n");
        openpgp(known);
        keys("raw", "openssl", known).ifPresent(this::raw);
        keys("cms", "openssl", known).ifPresent(file -> cms());
        keys("minisign", "minisign", known).ifPresent(file -> minisign());
        return text.toString();
    }

    /// Where the keys of a format come from; empty without any.
    private Optional<Bytes> keys(String format, String tool, SortedMap<String, Bytes> known) {
        var file = Optional.ofNullable(known.get(format));
        file.ifPresent(there -> {
            text.append("\n## %s\n".formatted(format));
            var names = StockKeys.forTool(tool, new FormatName(format), authority, there)
                    .keySet();
            fetched(tool, new ArrayList<>(names));
        });
        return file;
    }

    private void fetched(String tool, List<String> names) {
        if (url.isEmpty()) {
            text.append("\nThe directory `keys` has `%s`.\n".formatted(String.join("`, `", names)));
            return;
        }
        var lines = new StringBuilder("mkdir -p keys &&\n");
        for (int i = 0; i < names.size(); i++) {
            lines.append("curl -sSf -o keys/%1$s %2$s/v1/keyring/for/%3$s/%1$s"
                            .formatted(names.get(i), url.get(), tool))
                    .append(i < names.size() - 1 ? " &&\n" : "");
        }
        sh(lines.toString());
    }

    private void sh(String commands) {
        text.append("\n```sh\n").append(commands).append("\n```\n");
    }

    private void shown(String lines) {
        text.append("\n```text\n").append(lines).append("\n```\n");
    }

    private void openpgp(SortedMap<String, Bytes> known) {
        keys("openpgp", "gpg", known).ifPresent(file -> {
            var certificates = BouncyCastleReading.certificates(file, PacketVersion.V4).stream()
                    .filter(Certificate::isOfVersion)
                    .toList();
            certificates.forEach(this::fingerprint);
            text.append("\nsqv judges a key as it was when it signed:\n");
            sh("sqv --keyring keys/%1$s.gpg %2$s.asc %2$s".formatted(authority, artifact));
            text.append(
                    "\ngpgv exits with 0 for expired and revoked keys as well; its status lines know better. It shows"
                            + " a key that has expired since as expired, also for what it signed before:\n");
            sh("gpgv --status-fd 1 --keyring ./keys/%1$s.gpg %2$s.asc %2$s | grep '^\\[GNUPG:\\] GOODSIG '"
                    .formatted(authority, artifact));
            hosts(file, certificates);
        });
    }

    private void fingerprint(Certificate certificate) {
        var key = certificate.keys(now).getFirst();
        String fingerprint = key.fingerprintText();
        text.append("\nThe primary key is `%s`%s. Compare it with what you have from elsewhere; the file has it:\n"
                .formatted(fingerprint, standing(key)));
        sh("gpg --show-keys --with-colons keys/%s.gpg | grep '^fpr:::::::::%s:'".formatted(authority, fingerprint));
    }

    private String standing(Certificate.KeyFacts key) {
        return switch (key.state()) {
            case REVOKED -> ", which is **revoked**: nothing that it signed counts";
            case RETIRED -> ", which is retired: what it signed before counts";
            case GOOD ->
                key.expires()
                        .map(end -> now.isBefore(end) ? ", until " + end : ", which expired at " + end)
                        .orElse("");
        };
    }

    /// What package managers want, which changes the host.
    private void hosts(Bytes file, List<Certificate> certificates) {
        String deb = StockKeys.forTool("debian", new FormatName("openpgp"), authority, file)
                .keySet()
                .iterator()
                .next();
        text.append("\n**apt** reads an archive by a keyring that its source names. The package has it:\n");
        shown(("apt install ./%1$s\n# /etc/apt/sources.list.d/%2$s.sources\nSigned-By:"
                        + " /usr/share/keyrings/%2$s-archive-keyring.gpg")
                .formatted(deb, authority));
        text.append("\napt 2.6 refuses an archive whose key has expired or is revoked, whenever it was signed.\n");
        text.append(
                "\n**rpm** knows no package's signature until its key is imported, and without the level it takes an"
                        + " unsigned package for a good one. rpm 4.18 heeds neither expiry nor"
                        + " revocation: delete a revoked key.\n");
        shown("rpm --import %s.openpgp.asc\nrpmkeys -D '_pkgverify_level all' --checksig PACKAGE.rpm"
                .formatted(authority));
        text.append("\n**pacman**:\n");
        var lines = new StringBuilder("pacman-key --add keys/%s.gpg".formatted(authority));
        certificates.stream()
                .map(certificate -> certificate.keys(now).getFirst())
                .filter(key -> key.state() == Certificate.State.GOOD)
                .forEach(key -> lines.append("\npacman-key --lsign-key ").append(key.fingerprintText()));
        shown(lines.toString());
        text.append("\n**Maven**: the plugin `org.simplify4u.plugins:pgpverify-maven-plugin` with this"
                + " keysmap, the group IDs of"
                + " the artifacts in the place of `*`:\n");
        var keysmap = StockKeys.forTool("pgpverify", new FormatName("openpgp"), authority, file)
                .values()
                .iterator()
                .next();
        shown(new String(keysmap.toArray(), java.nio.charset.StandardCharsets.UTF_8).strip());
    }

    private void raw(Bytes file) {
        int number = 1;
        for (PublicKey key : PublicKeyPem.read(authority, file)) {
            String name = number == 1 ? authority.name() : authority + "-" + number;
            number++;
            if (key.scheme() == Scheme.ED25519) {
                text.append("\nOver a small file, such as a list of checksums:\n");
                sh("openssl pkeyutl -verify -pubin -inkey keys/%1$s.pem -rawin -in %2$s -sigfile %2$s.raw.sig"
                        .formatted(name, artifact));
            } else {
                sh("openssl dgst -sha256 -verify keys/%1$s.pem -signature %2$s.raw.sig %2$s".formatted(name, artifact));
            }
        }
    }

    private void cms() {
        text.append("\nThe certificate has to be valid now; `-no_check_time` asks for no time.\n");
        sh(("openssl cms -verify -binary -inform DER -in %2$s.p7s -content %2$s \\\n"
                        + "    -CAfile keys/%1$s.cms.pem -partial_chain -purpose any -out /dev/null")
                .formatted(authority, artifact));
    }

    private void minisign() {
        sh("minisign -V -p keys/%1$s.minisign.pub -x %2$s.minisig -m %2$s".formatted(authority, artifact));
    }
}
