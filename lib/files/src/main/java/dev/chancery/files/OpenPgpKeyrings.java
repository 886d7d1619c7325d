// SPDX-License-Identifier: Apache-2.0
package dev.chancery.files;

import dev.chancery.core.Authority;
import dev.chancery.core.Bytes;
import dev.chancery.openpgp.OpenPgpKeyFiles;
import dev.chancery.packet.Armor;
import dev.chancery.packet.BouncyCastleReading;
import dev.chancery.packet.Certificate;
import dev.chancery.packet.PacketVersion;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// OpenPGP certificates as what distributes keys to many hosts wants them.
///
/// Each is a function of the certificates alone, to the last byte. How they stand (revoked, or not) is what they
/// say of themselves after their newest signature.
final class OpenPgpKeyrings {
    private static final DateTimeFormatter VERSION =
            DateTimeFormatter.ofPattern("uuuu.MM.dd.HHmmss").withZone(ZoneOffset.UTC);

    private final Authority authority;
    private final Bytes file;
    private final List<Certificate> certificates;

    private OpenPgpKeyrings(Authority authority, Bytes file) {
        this.authority = authority;
        this.file = file;
        this.certificates = BouncyCastleReading.certificates(file, PacketVersion.V4);
    }

    static Map<String, Bytes> files(String tool, Authority authority, Bytes file) {
        var keyrings = new OpenPgpKeyrings(authority, file);
        return switch (tool) {
            case "pacman" -> keyrings.pacman();
            case "debian" -> keyrings.debian();
            case "pgpverify" -> Map.of(authority + ".keysmap", text(keyrings.keysmap()));
            default -> Map.of(StockKeys.KEYS, text(keyrings.keys()));
        };
    }

    private static Bytes text(String text) {
        return Bytes.of(text.getBytes(StandardCharsets.UTF_8));
    }

    private static Certificate.KeyFacts primary(Certificate certificate) {
        return certificate.keys(certificate.updated()).getFirst();
    }

    private String fingerprints(boolean revoked, String line) {
        return certificates.stream()
                .map(OpenPgpKeyrings::primary)
                .filter(key -> (key.state() == Certificate.State.REVOKED) == revoked)
                .map(key -> line.formatted(key.fingerprintText()))
                .collect(Collectors.joining());
    }

    /// `pacman-key --populate AUTHORITY` adds the certificates, signs those that are trusted by the host's own key
    /// (4 is
    /// gpg's number for marginal trust in what they certify), and disables the revoked ones.
    private Map<String, Bytes> pacman() {
        return Map.of(
                authority + ".gpg", OpenPgpKeyFiles.binary(file),
                authority + "-trusted", text(fingerprints(false, "%s:4:\n")),
                authority + "-revoked", text(fingerprints(true, "%s\n")));
    }

    /// A keysmap of Maven's pgpverify plugin. Whoever uses it writes the group IDs of the authority's artifacts in
    /// the place
    /// of `*`.
    private String keysmap() {
        String good = certificates.stream()
                .map(OpenPgpKeyrings::primary)
                .filter(key -> key.state() != Certificate.State.REVOKED)
                .map(key -> "0x" + key.fingerprintText())
                .collect(Collectors.joining(", \\\n    "));
        return good.isEmpty() ? "# %s has no key in force\n".formatted(authority) : "* = %s\n".formatted(good);
    }

    private String keys() {
        var text = new StringBuilder();
        for (var certificate : certificates) {
            Instant updated = certificate.updated();
            var key = primary(certificate);
            text.append("Authority:   %s\nFingerprint: %s\n".formatted(authority, key.fingerprintText()));
            certificate.users(updated).forEach(user -> text.append("User ID:     %s\n".formatted(plain(user.text()))));
            String state = switch (key.state()) {
                case GOOD -> "";
                case RETIRED -> "Retired:     what it signed before counts\n";
                case REVOKED -> "Revoked:     nothing that it signed counts\n";
            };
            text.append(state);
        }
        String armored = Armor.write(Armor.Kind.PUBLIC_KEY, OpenPgpKeyFiles.binary(file));
        return text.append('\n').append(armored).append('\n').toString();
    }

    /// What would begin a line of its own, or an armored block, is shown as `?`.
    private static String plain(String text) {
        return text.replaceAll("\\p{Cntrl}|-----", "?");
    }

    /// A package whose keyring `signed-by` of apt's sources names.
    private Map<String, Bytes> debian() {
        Instant updated =
                Collections.max(certificates.stream().map(Certificate::updated).toList());
        String name = authority + "-archive-keyring";
        String version = VERSION.format(updated);
        var content =
                new DebianPackage.Content("usr/share/keyrings/%s.gpg".formatted(name), OpenPgpKeyFiles.binary(file));
        var description = new DebianPackage.Description(
                name,
                version,
                maintainer(),
                "OpenPGP certificates of %s\n Its keyring is for signed-by in the sources of apt."
                        .formatted(authority));
        return Map.of("%s_%s_all.deb".formatted(name, version), DebianPackage.of(description, content, updated));
    }

    /// A user ID with an address, as Debian's policy wants it.
    private String maintainer() {
        return certificates.stream()
                .flatMap(certificate -> certificate.users(certificate.updated()).stream())
                .map(user -> plain(user.text()))
                .filter(text -> text.matches("[^<>]+ <[^<>@\\s]+@[^<>@\\s]+>"))
                .findFirst()
                .orElse("%1$s <%1$s@localhost>".formatted(authority));
    }
}
