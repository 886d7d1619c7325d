// SPDX-License-Identifier: Apache-2.0
package dev.chancery.cli.life;

import dev.chancery.core.Bytes;
import dev.chancery.files.InputFiles;
import dev.chancery.files.KeyringDirectory;
import dev.chancery.keys.file.Passphrase;
import dev.chancery.keys.handle.SecretBytes;
import dev.chancery.life.Fingerprint;
import dev.chancery.openpgp.AuthorityCertificate;
import dev.chancery.openpgp.CertificateMaking;
import dev.chancery.openpgp.KeyPacket;
import dev.chancery.openpgp.RevocationReason;
import dev.chancery.openpgp.SealedMessage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/// Revocation certificates that were made while the primary key was at hand, each sealed in a file of its own:
/// `AUTHORITY.KEYID.REASON.pgp`, which `gpg --decrypt FILE | gpg --import` puts into force without us.
///
/// Their passphrase is not that of the keys. Who has it and a file can take a key out of use, and cannot sign.
public final class Escrow {
    private final Path directory;
    private final Supplier<SecretBytes> passphrase;

    /// The passphrase is asked for when a file is made or opened.
    public Escrow(Path directory, Supplier<SecretBytes> passphrase) {
        this.directory = directory;
        this.passphrase = passphrase;
    }

    /// What was found of one revocation certificate. Without a complaint it applies.
    public record Finding(Path file, RevocationReason reason, Fingerprint key, List<String> complaints) {}

    private Path file(KeyLife life, KeyPacket key, RevocationReason reason) {
        var id = new Fingerprint(key.fingerprintText()).keyId();
        return directory.resolve("%s.%s.%s.pgp".formatted(life.authority(), id, reason.label()));
    }

    boolean isComplete(KeyLife life, KeyPacket key) {
        for (var reason : RevocationReason.values()) {
            if (!Files.exists(file(life, key, reason))) {
                return false;
            }
        }
        return true;
    }

    /// Makes and seals one revocation for each reason, in the place of those that were there.
    void seal(LifeOffice office, AuthorityCertificate certificate, KeyPacket key, Sealing sealing) {
        for (var reason : RevocationReason.values()) {
            var fragment = isPrimary(certificate, key)
                    ? sealing.making().revocation(reason)
                    : sealing.making().revocation(key, reason);
            var revoked =
                    certificate.with(fragment, sealing.life().certifiers()).armored();
            try (var secret = passphrase.get()) {
                var stretching = Passphrase.isGenerated(secret)
                        ? SealedMessage.Stretching.GENERATED
                        : SealedMessage.Stretching.CHOSEN;
                var how = new SealedMessage.Making(stretching, office.now(), office.random());
                var sealed = SealedMessage.seal(revoked, secret.exposed(), how);
                office.steps().replace(file(sealing.life(), key, reason), sealed);
            }
        }
    }

    /// Whose keys are escrowed, and what makes their revocations.
    record Sealing(KeyLife life, CertificateMaking making) {}

    private static boolean isPrimary(AuthorityCertificate certificate, KeyPacket key) {
        return certificate.primary().fingerprintText().equals(key.fingerprintText());
    }

    /// Opens a sealed file.
    public Bytes open(Path file) {
        var message = InputFiles.read("sealed file", file, 2 * KeyringDirectory.FILE_BYTES_MAX);
        try (var secret = passphrase.get()) {
            return SealedMessage.open(message, secret.exposed());
        }
    }

    /// Opens each file that there should be, joins it to the certificate of today, and sees whether the key is
    /// revoked then.
    public List<Finding> check(KeyLife life) {
        var findings = new ArrayList<Finding>();
        for (var certificate : life.certificates()) {
            for (var key : certificate.keys()) {
                for (var reason : RevocationReason.values()) {
                    findings.add(new Finding(
                            file(life, key, reason),
                            reason,
                            new Fingerprint(key.fingerprintText()),
                            complaints(new Case(life, certificate, key), reason)));
                }
            }
        }
        return findings;
    }

    private record Case(KeyLife life, AuthorityCertificate certificate, KeyPacket key) {}

    private List<String> complaints(Case given, RevocationReason reason) {
        Path file = file(given.life(), given.key(), reason);
        if (!Files.exists(file)) {
            return List.of("it is not there");
        }
        var joined = given.certificate().with(open(file), given.life().certifiers());
        // It may be from the same second as the certificate, and is dated one second later then.
        var now = given.life().reading().plusSeconds(1);
        var before = given.certificate().revocation(given.key(), now);
        var after = joined.revocation(given.key(), now);
        if (after.isEmpty()) {
            return List.of(
                    "it does not apply any more: the certificate was renewed after it; 'key extend' makes it anew");
        }
        if (before.isEmpty() && after.get().hard() != reason.isHard()) {
            return List.of("it revokes for another reason");
        }
        return List.of();
    }
}
