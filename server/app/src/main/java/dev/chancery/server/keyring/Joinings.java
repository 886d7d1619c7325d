// SPDX-License-Identifier: Apache-2.0
package dev.chancery.server.keyring;

import dev.chancery.core.Bytes;
import dev.chancery.core.FormatName;
import dev.chancery.packet.CertificateJoining;
import dev.chancery.packet.PacketVersion;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The formats whose public keys are OpenPGP certificates, and how two versions of one are joined.
public final class Joinings {
    private static final Map<FormatName, PacketVersion> VERSIONS =
            Map.of(new FormatName("openpgp"), PacketVersion.V4, new FormatName("openpgp6"), PacketVersion.V6);

    private final Map<PacketVersion, CertificateJoining> joinings;

    /// @param certifiers public key files of the administrators whose certifications are handed out
    public Joinings(List<Bytes> certifiers) {
        this.joinings = Map.of(
                PacketVersion.V4, new CertificateJoining(PacketVersion.V4, certifiers),
                PacketVersion.V6, new CertificateJoining(PacketVersion.V6, certifiers));
    }

    /// Empty for formats that have no certificates of OpenPGP.
    static Optional<PacketVersion> version(FormatName format) {
        return Optional.ofNullable(VERSIONS.get(format));
    }

    static FormatName format(PacketVersion version) {
        return VERSIONS.entrySet().stream()
                .filter(entry -> entry.getValue() == version)
                .findFirst()
                .orElseThrow()
                .getKey();
    }

    CertificateJoining of(PacketVersion version) {
        CertificateJoining joining = joinings.get(version);
        if (joining == null) {
            throw new IllegalStateException("there is no joining for version " + version.number());
        }
        return joining;
    }
}
