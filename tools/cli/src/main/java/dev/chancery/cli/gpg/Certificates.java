// SPDX-License-Identifier: Apache-2.0
package dev.chancery.cli.gpg;

import dev.chancery.core.Authority;
import dev.chancery.core.Bytes;
import dev.chancery.core.FormatName;
import dev.chancery.core.MalformedException;
import dev.chancery.core.RefusedException;
import dev.chancery.files.KeyringDirectory;
import dev.chancery.key.KeyId;
import dev.chancery.packet.BouncyCastleReading;
import dev.chancery.packet.Certificate;
import dev.chancery.packet.PacketVersion;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// The certificates of a keyring, found by what gpg's users call a key.
final class Certificates {
    static final FormatName OPENPGP = new FormatName("openpgp");

    private static final Pattern HANDLE = Pattern.compile("(?:0x)?([0-9A-Fa-f]{16}|[0-9A-Fa-f]{40})(!?)");
    private static final Pattern ADDRESS = Pattern.compile("<([^<>]+)>\\s*$");

    /// Who is meant, and by which of his keys, where one was named.
    record Signer(Authority authority, Optional<KeyId> key) {}

    /// A certificate, its authority, and that authority's public key file.
    private record Held(Authority authority, Bytes file, Certificate certificate) {}

    private final List<Held> held = new ArrayList<>();

    Certificates(KeyringDirectory keyring) {
        keyring.files().getOrDefault(OPENPGP, Map.of()).forEach((authority, file) -> {
            for (var certificate : BouncyCastleReading.certificates(file, PacketVersion.V4)) {
                held.add(new Held(authority, file, certificate));
            }
        });
    }

    /// By fingerprint, key ID, user ID or address, as gpg's manual has it ("How to specify a user ID"), or by the
    /// authority's name.
    ///
    /// Throws `RefusedException` (`no-key`) for nobody and for several.
    Signer signer(String text) {
        var named = authority(text)
                .filter(name -> held.stream().anyMatch(one -> one.authority().equals(name)));
        if (named.isPresent()) {
            return new Signer(named.get(), Optional.empty());
        }
        var handle = HANDLE.matcher(text);
        return handle.matches() ? byHandle(handle.group(1).toUpperCase(Locale.ROOT), text) : byUser(text);
    }

    /// Whether the text can be an authority's name.
    static Optional<Authority> authority(String text) {
        try {
            return Optional.of(new Authority(text));
        } catch (MalformedException e) {
            return Optional.empty();
        }
    }

    private Signer byHandle(String handle, String text) {
        var found =
                held.stream().filter(one -> one.certificate().hasKey(handle)).toList();
        var authority = only(found, "OpenPGP key " + text);
        boolean primary = found.stream()
                .map(one -> one.certificate().fingerprintText())
                .anyMatch(fingerprint -> fingerprint.endsWith(handle));
        if (primary && !text.endsWith("!")) {
            return new Signer(authority, Optional.empty());
        }
        return new Signer(
                authority,
                keys(found)
                        .filter(key -> key.fingerprintText().endsWith(handle))
                        .findFirst()
                        .flatMap(Certificate.KeyFacts::id));
    }

    private static Stream<Certificate.KeyFacts> keys(List<Held> found) {
        return found.stream()
                .flatMap(one -> one.certificate().keys(one.certificate().updated()).stream());
    }

    private Signer byUser(String text) {
        String wanted = text.startsWith("=") ? text.substring(1) : text;
        var found = held.stream()
                .filter(one -> users(one)
                        .anyMatch(user -> user.equals(wanted) || address(user).equals(address(wanted))))
                .toList();
        return new Signer(only(found, "the user ID " + text), Optional.empty());
    }

    private static Stream<String> users(Held one) {
        return one.certificate().users(one.certificate().updated()).stream().map(Certificate.UserFacts::text);
    }

    /// The address in a user ID, without regard to case; the whole text where there is none.
    private static String address(String user) {
        var address = ADDRESS.matcher(user);
        return (address.find() ? address.group(1) : user).toLowerCase(Locale.ROOT);
    }

    private static Authority only(List<Held> found, String what) {
        var authorities = new HashSet<Authority>();
        found.forEach(one -> authorities.add(one.authority()));
        if (authorities.size() != 1) {
            throw new RefusedException(
                    "no-key",
                    authorities.isEmpty()
                            ? "no authority of the keyring has %s".formatted(what)
                            : "%d authorities of the keyring have %s".formatted(authorities.size(), what));
        }
        return authorities.iterator().next();
    }

    /// The certificate with this key, by fingerprint or key ID in upper-case hex digits.
    Optional<Certificate> withKey(String handle) {
        return held.stream()
                .map(Held::certificate)
                .filter(certificate -> certificate.hasKey(handle))
                .findFirst();
    }

    /// What a certificate calls its holder first.
    static String user(Certificate certificate) {
        return certificate.users(certificate.updated()).stream()
                .map(Certificate.UserFacts::text)
                .findFirst()
                .orElse("");
    }

    /// Public key files: the named authorities', or all.
    List<Bytes> files(List<String> names) {
        var authorities = names.stream().map(name -> signer(name).authority()).toList();
        return held.stream()
                .filter(one -> names.isEmpty() || authorities.contains(one.authority()))
                .map(Held::file)
                .distinct()
                .toList();
    }
}
