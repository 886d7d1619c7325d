// SPDX-License-Identifier: Apache-2.0
package dev.chancery.packet;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.bouncycastle.bcpg.HashAlgorithmTags;
import org.bouncycastle.bcpg.SignatureSubpacket;
import org.bouncycastle.bcpg.SignatureSubpacketTags;
import org.bouncycastle.openpgp.PGPException;
import org.bouncycastle.openpgp.PGPPublicKey;
import org.bouncycastle.openpgp.PGPSignature;
import org.bouncycastle.openpgp.operator.PGPContentVerifierBuilderProvider;
import org.bouncycastle.openpgp.operator.bc.BcPGPContentVerifierBuilderProvider;
import org.jspecify.annotations.Nullable;

/// A signature by which a primary key says something of itself, of a user ID or of a subkey.
///
/// Whether its value is right is found out when it is first asked for, and once.
final class SelfSignature {
    private static final PGPContentVerifierBuilderProvider VERIFIERS = new BcPGPContentVerifierBuilderProvider();

    private final PGPSignature signature;
    private final PacketVersion version;
    private final BooleanSupplier check;
    private @Nullable Boolean right;

    SelfSignature(PGPSignature signature, PacketVersion version, BooleanSupplier check) {
        this.signature = signature;
        this.version = version;
        this.check = check;
    }

    /// Whether it counts at all: sound, by an accepted hash, without critical parts that nobody here knows, and
    /// right.
    synchronized boolean counts() {
        if (right == null) {
            right = isSound(signature, version) && hasAcceptedHash() && check.getAsBoolean();
        }
        return right;
    }

    /// RFC 9580, section 5.2.3.7 and 5.2.3.24: unknown critical subpackets and notations make a signature void;
    /// section 5.2.3.11: the creation time must be hashed.
    static boolean isSound(PGPSignature signature, PacketVersion version) {
        var hashed = signature.getHashedSubPackets();
        if (!version.isOf(signature) || hashed == null || hashed.getSignatureCreationTime() == null) {
            return false;
        }
        for (SignatureSubpacket subpacket : hashed.toArray()) {
            // Bouncy Castle gives subpackets of types that it knows a class of their own.
            boolean unknown = subpacket.getClass().equals(SignatureSubpacket.class)
                    || subpacket.getType() == SignatureSubpacketTags.NOTATION_DATA;
            if (unknown && subpacket.isCritical()) {
                return false;
            }
        }
        return true;
    }

    private boolean hasAcceptedHash() {
        return switch (signature.getHashAlgorithm()) {
            case HashAlgorithmTags.SHA224,
                    HashAlgorithmTags.SHA256,
                    HashAlgorithmTags.SHA384,
                    HashAlgorithmTags.SHA512,
                    HashAlgorithmTags.SHA3_256,
                    HashAlgorithmTags.SHA3_512 -> true;
            default -> false;
        };
    }

    PGPSignature signature() {
        return signature;
    }

    Instant created() {
        return signature.getCreationTime().toInstant();
    }

    /// Made at or before a time, and not past an end of its own (section 5.2.3.18).
    boolean isAliveAt(Instant time) {
        return !created().isAfter(time) && !isExpired(signature, time);
    }

    static boolean isExpired(PGPSignature signature, Instant time) {
        return end(signature).map(end -> !time.isBefore(end)).orElse(false);
    }

    /// When the signature itself ends; 0 seconds mean never.
    static Optional<Instant> end(PGPSignature signature) {
        long seconds = signature.getHashedSubPackets().getSignatureExpirationTime();
        return seconds == 0
                ? Optional.empty()
                : Optional.of(signature.getCreationTime().toInstant().plusSeconds(seconds));
    }

    /// Section 5.2.3.31: superseded (1), retired (3) and a user ID no longer valid (32) are soft; everything
    /// else, also no reason at all, is hard: what the key signed before cannot be trusted either.
    boolean isHardRevocation() {
        var reason = signature.getHashedSubPackets().getRevocationReason();
        if (reason == null) {
            return true;
        }
        return switch (reason.getRevocationReason()) {
            case 1, 3, 32 -> false;
            default -> true;
        };
    }

    boolean isPrimaryUserId() {
        return signature.getHashedSubPackets().isPrimaryUserID();
    }

    /// Seconds after the key's creation (section 5.2.3.13); empty when it says nothing of it.
    Optional<Long> keyExpirySeconds() {
        var hashed = signature.getHashedSubPackets();
        return hashed.hasSubpacket(SignatureSubpacketTags.KEY_EXPIRE_TIME)
                ? Optional.of(hashed.getKeyExpirationTime())
                : Optional.empty();
    }

    /// Section 5.2.3.29; empty when it says nothing of it.
    Optional<Integer> keyFlags() {
        var hashed = signature.getHashedSubPackets();
        return hashed.hasSubpacket(SignatureSubpacketTags.KEY_FLAGS)
                ? Optional.of(hashed.getKeyFlags())
                : Optional.empty();
    }

    /// Of two by which user IDs stand, which speaks for the certificate.
    static int byPrecedence(SelfSignature one, SelfSignature other) {
        int bySaying = Boolean.compare(one.isPrimaryUserId(), other.isPrimaryUserId());
        return bySaying != 0 ? bySaying : one.created().compareTo(other.created());
    }

    /// Section 5.2.1.9: a signing subkey signs its binding back, else anyone could adopt it.
    static List<SelfSignature> backSignatures(
            PGPPublicKey master, PGPPublicKey subkey, PGPSignature binding, PacketVersion version) {
        var embedded = new ArrayList<PGPSignature>();
        for (var area : List.of(binding.getHashedSubPackets(), binding.getUnhashedSubPackets())) {
            try {
                area.getEmbeddedSignatures().forEach(embedded::add);
            } catch (PGPException unreadable) {
                // What cannot be read does not sign back.
            }
        }
        return embedded.stream()
                .filter(signature -> signature.getSignatureType() == PGPSignature.PRIMARYKEY_BINDING)
                .map(signature -> new SelfSignature(
                        signature,
                        version,
                        () -> holds(signature, subkey, made -> made.verifyCertification(master, subkey))))
                .toList();
    }

    interface Check {
        boolean holds(PGPSignature signature);
    }

    /// Signatures that a check of the same kind is for.
    static List<SelfSignature> about(Iterator<PGPSignature> signatures, PacketVersion version, Check check) {
        var found = new ArrayList<SelfSignature>();
        signatures.forEachRemaining(
                signature -> found.add(new SelfSignature(signature, version, () -> check.holds(signature))));
        return found;
    }

    interface Made {
        boolean holds(PGPSignature signature) throws PGPException;
    }

    /// Other people's certifications fail here too, for their key is another one: only the certificate's own
    /// word counts.
    static boolean holds(PGPSignature signature, PGPPublicKey by, Made made) {
        try {
            signature.init(VERIFIERS, by);
            return made.holds(signature);
        } catch (PGPException | RuntimeException e) {
            // Bouncy Castle throws more than it declares on wrong bytes; none of it is a yes.
            return false;
        }
    }
}
