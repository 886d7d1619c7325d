// SPDX-License-Identifier: Apache-2.0
package dev.chancery.packet;

import dev.chancery.core.Bytes;
import dev.chancery.format.Reason;
import dev.chancery.key.KeyId;
import dev.chancery.key.PublicKey;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.bouncycastle.bcpg.KeyIdentifier;
import org.bouncycastle.openpgp.PGPPublicKey;
import org.bouncycastle.openpgp.PGPPublicKeyRing;
import org.bouncycastle.openpgp.PGPSignature;

/// A certificate, and whether one of its keys was fit to sign at a time. The rules are those of RFC 9580 as
/// Sequoia reads them; every signature in the certificate is checked when it is first needed.
///
/// Bouncy Castle's `OpenPGPCertificate` answers the same question, and the tests ask it and Sequoia too; it
/// does not stand here because making one takes 0.25 s at a cold start, for parsing a date with the name of a
/// time zone.
public final class Certificate {
    /// What has become of a key or a user ID.
    public enum State {
        /// Nothing revokes it.
        GOOD,
        /// Softly revoked: what was signed before counts.
        RETIRED,
        /// Revoked for all time.
        REVOKED
    }

    /// A key of the certificate, as it was at a time.
    ///
    /// @param algorithm its number (section 9.1)
    /// @param expires empty for never, and for a subkey that is not bound
    /// @param signs whether it may sign data and is bound to the certificate, expired or not
    public record KeyFacts(
            Bytes fingerprint,
            int algorithm,
            int bits,
            Instant created,
            Optional<Instant> expires,
            State state,
            boolean signs,
            Optional<KeyId> id) {
        /// As people and tools write it: upper-case hex digits.
        public String fingerprintText() {
            return HexFormat.of().withUpperCase().formatHex(fingerprint.toArray());
        }

        /// Section 5.5.4: the last 16 digits of the fingerprint in version 4, and the first in version 6.
        public String keyIdText() {
            String text = fingerprintText();
            return text.length() == 40 ? text.substring(24) : text.substring(0, 16);
        }
    }

    /// A user ID, as it was at a time.
    ///
    /// @param certified when the certificate first said so
    public record UserFacts(String text, Instant certified, State state) {}

    /// Why a key was not fit to sign at a time. The words continue "qa's key ".
    record KeyFault(Reason reason, String words) {}

    private final PGPPublicKeyRing ring;
    private final PacketVersion version;
    private final Component primary;
    private final List<Component> userIds = new ArrayList<>();
    private final Map<KeyIdentifier, Component> subkeys = new HashMap<>();

    Certificate(PGPPublicKeyRing ring, PacketVersion version) {
        this.ring = ring;
        this.version = version;
        PGPPublicKey master = ring.getPublicKey();
        this.primary =
                new Component(aboutKey(master, PGPSignature.DIRECT_KEY), aboutKey(master, PGPSignature.KEY_REVOCATION));
        master.getRawUserIDs().forEachRemaining(userId -> userIds.add(userIdBy(master, userId)));
        for (PGPPublicKey key : ring) {
            if (!key.isMasterKey()) {
                subkeys.put(
                        key.getKeyIdentifier(),
                        new Component(
                                aboutSubkey(key, PGPSignature.SUBKEY_BINDING),
                                aboutSubkey(key, PGPSignature.SUBKEY_REVOCATION)));
            }
        }
    }

    /// The primary key and its subkeys, whether they are fit for anything or not.
    public List<PGPPublicKey> keys() {
        var keys = new ArrayList<PGPPublicKey>();
        ring.forEach(keys::add);
        return keys;
    }

    /// The fingerprint of the primary key: upper-case hex digits.
    public String fingerprintText() {
        return HexFormat.of().withUpperCase().formatHex(ring.getPublicKey().getFingerprint());
    }

    /// Whether one of its keys, bound or not, has this fingerprint or key ID in upper-case hex digits.
    public boolean hasKey(String handle) {
        return keys().stream()
                .anyMatch(key -> HexFormat.of()
                                .withUpperCase()
                                .formatHex(key.getFingerprint())
                                .equals(handle)
                        || HexFormat.of()
                                .withUpperCase()
                                .toHexDigits(key.getKeyID())
                                .equals(handle));
    }

    Optional<PGPPublicKey> key(KeyIdentifier identifier) {
        return Optional.ofNullable(ring.getPublicKey(identifier));
    }

    /// When the newest signature in it was made: it has said nothing since. The primary key's creation without any.
    public Instant updated() {
        var times = new ArrayList<Instant>();
        times.add(ring.getPublicKey().getCreationTime().toInstant());
        for (PGPPublicKey key : ring) {
            key.getSignatures()
                    .forEachRemaining(
                            signature -> times.add(signature.getCreationTime().toInstant()));
        }
        return java.util.Collections.max(times);
    }

    /// Whether each of its keys is of the version that it is read as.
    public boolean isOfVersion() {
        return keys().stream().allMatch(key -> key.getVersion() == version.number());
    }

    /// The keys as ours, without those of kinds that are not verified here.
    List<PublicKey> publicKeys() {
        return keys().stream()
                .flatMap(key -> BouncyCastleReading.publicKey(key).stream())
                .toList();
    }

    /// A revocation that is in force: since when, and whether it reaches into the past.
    public record Revoked(Instant at, boolean hard) {}

    /// When a key ends, as the certificate says at a time: the earlier of its own end and that of the primary
    /// key; empty where there is none.
    public Optional<Instant> end(PGPPublicKey key, Instant at) {
        var direct = primary.binding(at);
        var ofPrimary = primaryUserId(at)
                .or(() -> direct)
                .flatMap(SelfSignature::keyExpirySeconds)
                .or(() -> direct.flatMap(SelfSignature::keyExpirySeconds));
        var own = key.isMasterKey() ? ofPrimary : component(key).binding(at).flatMap(SelfSignature::keyExpirySeconds);
        return Stream.concat(end(ring.getPublicKey(), ofPrimary).stream(), end(key, own).stream())
                .min(Instant::compareTo);
    }

    /// Section 5.2.3.13: an expiry of 0 seconds, or none, means never.
    private static Optional<Instant> end(PGPPublicKey key, Optional<Long> expirySeconds) {
        return expirySeconds
                .filter(seconds -> seconds != 0)
                .map(seconds -> key.getCreationTime().toInstant().plusSeconds(seconds));
    }

    /// The revocation of a key, or of the primary key above it, that is in force at a time: the hard one, or
    /// the first.
    public Optional<Revoked> revocation(PGPPublicKey key, Instant at) {
        var direct = primary.binding(at);
        var ofPrimary = primary.inForce(at, primaryUserId(at).or(() -> direct));
        var own = key.isMasterKey()
                ? Stream.<SelfSignature>empty()
                : component(key).inForce(at, component(key).binding(at));
        return Stream.concat(ofPrimary, own)
                .map(revocation -> new Revoked(revocation.created(), revocation.isHardRevocation()))
                .max(Comparator.comparing(Revoked::hard).thenComparing(Revoked::at, Comparator.reverseOrder()));
    }

    /// The binding of a subkey at a time.
    public Optional<PGPSignature> binding(PGPPublicKey subkey, Instant at) {
        return component(subkey).binding(at).map(SelfSignature::signature);
    }

    private Component component(PGPPublicKey subkey) {
        return subkeys.getOrDefault(subkey.getKeyIdentifier(), new Component(List.of(), List.of()));
    }

    /// When the newest signature was made by which the primary key says something of itself, of a user ID or of
    /// a subkey; its own creation where there is none.
    public Instant newest() {
        return Stream.of(Stream.of(primary), userIds.stream(), subkeys.values().stream())
                .flatMap(parts -> parts)
                .flatMap(part -> Stream.concat(part.bindings().stream(), part.revocations().stream()))
                .filter(SelfSignature::counts)
                .map(SelfSignature::created)
                .max(Instant::compareTo)
                .orElse(ring.getPublicKey().getCreationTime().toInstant());
    }

    /// Whether another certificate's primary key vouches for one of the user IDs at a time (section 5.2.1.4 to
    /// 5.2.1.7): by a certification that is right, sound, not past its end and not taken back, of a key that
    /// was entitled to certify when it was made and is not compromised.
    public boolean isCertifiedBy(Certificate other, Instant at) {
        PGPPublicKey master = ring.getPublicKey();
        var ids = new ArrayList<byte[]>();
        master.getRawUserIDs().forEachRemaining(ids::add);
        return ids.stream()
                .map(id -> userIdBy(other.ring.getPublicKey(), id).standing(at))
                .flatMap(Optional::stream)
                .anyMatch(certification ->
                        other.faultToCertify(certification.created()).isEmpty());
    }

    /// Why the key could not make a data signature at that time; empty when it could.
    Optional<KeyFault> faultToSign(PGPPublicKey key, Instant at) {
        var direct = primary.binding(at);
        var self = primaryUserId(at).or(() -> direct);
        var primaryFault = primaryFault(self, direct, at);
        if (primaryFault.isPresent()) {
            return primaryFault;
        }
        var flags = self.flatMap(SelfSignature::keyFlags).or(() -> direct.flatMap(SelfSignature::keyFlags));
        return key.isMasterKey() ? flagsFault(flags, at) : subkeyFault(key, at);
    }

    /// Why the primary key could not certify anything at that time; empty when it could.
    Optional<KeyFault> faultToCertify(Instant at) {
        var direct = primary.binding(at);
        return primaryFault(primaryUserId(at).or(() -> direct), direct, at);
    }

    private Optional<KeyFault> primaryFault(Optional<SelfSignature> self, Optional<SelfSignature> direct, Instant at) {
        var revocation = primary.revocation(at, self);
        if (revocation.isPresent()) {
            return revoked(revocation.get());
        }
        if (self.isEmpty()) {
            return fault(Reason.UNFIT_KEY, "belongs to a certificate that did not vouch for itself at " + at);
        }
        var expiry = self.get().keyExpirySeconds().or(() -> direct.flatMap(SelfSignature::keyExpirySeconds));
        return lifetimeFault(ring.getPublicKey(), expiry, at);
    }

    /// The primary key as it was at a time, then the subkeys that were bound.
    public List<KeyFacts> keys(Instant at) {
        var direct = primary.binding(at);
        var self = primaryUserId(at).or(() -> direct);
        var expiry =
                self.flatMap(SelfSignature::keyExpirySeconds).or(() -> direct.flatMap(SelfSignature::keyExpirySeconds));
        var flags = self.flatMap(SelfSignature::keyFlags).or(() -> direct.flatMap(SelfSignature::keyFlags));
        var all = new ArrayList<KeyFacts>();
        for (PGPPublicKey key : ring) {
            if (key.isMasterKey()) {
                all.add(facts(key, expiry, flags, state(primary.revocation(at, self))));
                continue;
            }
            var subkey = subkeys.getOrDefault(key.getKeyIdentifier(), new Component(List.of(), List.of()));
            subkey.binding(at)
                    .ifPresent(binding -> all.add(facts(
                            key,
                            binding.keyExpirySeconds(),
                            backSignatureFault(key, binding, at).isEmpty() ? binding.keyFlags() : Optional.empty(),
                            state(subkey.revocation(at, Optional.of(binding))))));
        }
        return all;
    }

    private static KeyFacts facts(
            PGPPublicKey key, Optional<Long> expirySeconds, Optional<Integer> flags, State state) {
        Instant created = key.getCreationTime().toInstant();
        return new KeyFacts(
                Bytes.of(key.getFingerprint()),
                key.getAlgorithm(),
                Math.max(0, key.getBitStrength()),
                created,
                expirySeconds.filter(seconds -> seconds != 0).map(created::plusSeconds),
                state,
                (flags.orElse(0) & PacketNumbers.MAY_SIGN) != 0,
                BouncyCastleReading.publicKey(key).map(PublicKey::id));
    }

    private static State state(Optional<SelfSignature> revocation) {
        return revocation
                .map(by -> by.isHardRevocation() ? State.REVOKED : State.RETIRED)
                .orElse(State.GOOD);
    }

    /// The user IDs that the certificate vouched for by a time, the one that speaks for it first.
    public List<UserFacts> users(Instant at) {
        record Found(UserFacts facts, SelfSignature self) {}
        var all = new ArrayList<Found>();
        int index = 0;
        for (var bytes : (Iterable<byte[]>) () -> ring.getPublicKey().getRawUserIDs()) {
            var userId = userIds.get(index++);
            var text = new String(bytes, StandardCharsets.UTF_8);
            userId.binding(at)
                    .ifPresent(self -> all.add(new Found(
                            new UserFacts(text, self.created(), state(userId.revocation(at, Optional.of(self)))),
                            self)));
        }
        all.sort((one, other) -> SelfSignature.byPrecedence(other.self(), one.self()));
        return all.stream().map(Found::facts).toList();
    }

    /// The user ID that speaks for the certificate: one that says so before others, then the newest.
    private Optional<SelfSignature> primaryUserId(Instant at) {
        return userIds.stream().flatMap(userId -> userId.standing(at).stream()).max(SelfSignature::byPrecedence);
    }

    private Optional<KeyFault> subkeyFault(PGPPublicKey key, Instant at) {
        var subkey = component(key);
        var binding = subkey.binding(at);
        var revocation = subkey.revocation(at, binding);
        if (revocation.isPresent()) {
            return revoked(revocation.get());
        }
        if (binding.isEmpty()) {
            return fault(Reason.UNFIT_KEY, "was not bound to its certificate at " + at);
        }
        return lifetimeFault(key, binding.get().keyExpirySeconds(), at)
                .or(() -> flagsFault(binding.get().keyFlags(), at))
                .or(() -> backSignatureFault(key, binding.get(), at));
    }

    private static Optional<KeyFault> lifetimeFault(PGPPublicKey key, Optional<Long> expirySeconds, Instant at) {
        Instant created = key.getCreationTime().toInstant();
        if (created.isAfter(at)) {
            return fault(Reason.UNFIT_KEY, "was made at %s and the signature says %s".formatted(created, at));
        }
        return end(key, expirySeconds)
                .filter(end -> !at.isBefore(end))
                .flatMap(end -> fault(Reason.EXPIRED, "expired at %s and the signature says %s".formatted(end, at)));
    }

    private static Optional<KeyFault> flagsFault(Optional<Integer> flags, Instant at) {
        return (flags.orElse(0) & PacketNumbers.MAY_SIGN) != 0
                ? Optional.empty()
                : fault(Reason.UNFIT_KEY, "was not entitled to sign data at " + at);
    }

    private static Optional<KeyFault> revoked(SelfSignature revocation) {
        return fault(
                Reason.REVOKED,
                "was revoked at " + revocation.created()
                        + (revocation.isHardRevocation() ? " for all time, past and future" : ""));
    }

    private static Optional<KeyFault> fault(Reason reason, String words) {
        return Optional.of(new KeyFault(reason, words));
    }

    private Optional<KeyFault> backSignatureFault(PGPPublicKey subkey, SelfSignature binding, Instant at) {
        boolean signedBack =
                SelfSignature.backSignatures(ring.getPublicKey(), subkey, binding.signature(), version).stream()
                        .anyMatch(signature -> signature.isAliveAt(at) && signature.counts());
        return signedBack ? Optional.empty() : fault(Reason.UNFIT_KEY, "never signed back that it belongs here");
    }

    private List<SelfSignature> aboutKey(PGPPublicKey master, int type) {
        return SelfSignature.about(
                master.getSignaturesOfType(type),
                version,
                signature -> SelfSignature.holds(signature, master, made -> made.verifyCertification(master)));
    }

    private List<SelfSignature> aboutSubkey(PGPPublicKey subkey, int type) {
        PGPPublicKey master = ring.getPublicKey();
        return SelfSignature.about(
                subkey.getSignaturesOfType(type),
                version,
                signature -> SelfSignature.holds(signature, master, made -> made.verifyCertification(master, subkey)));
    }

    /// What one key says of a user ID.
    private Component userIdBy(PGPPublicKey by, byte[] userId) {
        PGPPublicKey master = ring.getPublicKey();
        var signatures = SelfSignature.about(
                master.getSignaturesForID(userId),
                version,
                signature -> SelfSignature.holds(signature, by, made -> made.verifyCertification(userId, master)));
        return new Component(
                signatures.stream()
                        .filter(self ->
                                PGPSignature.isCertification(self.signature().getSignatureType()))
                        .toList(),
                signatures.stream()
                        .filter(self -> self.signature().getSignatureType() == PGPSignature.CERTIFICATION_REVOCATION)
                        .toList());
    }
}
