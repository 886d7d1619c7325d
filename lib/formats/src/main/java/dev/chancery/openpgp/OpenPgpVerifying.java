// SPDX-License-Identifier: Apache-2.0
package dev.chancery.openpgp;

import dev.chancery.core.Authority;
import dev.chancery.core.Bytes;
import dev.chancery.core.DigestAlgorithm;
import dev.chancery.core.Encoding;
import dev.chancery.core.MalformedException;
import dev.chancery.core.RefusedException;
import dev.chancery.core.Signature;
import dev.chancery.format.FormatDescription;
import dev.chancery.format.FormatKeyring;
import dev.chancery.format.JoiningFormat;
import dev.chancery.format.VerifyingFormat;
import dev.chancery.hashing.Hashes;
import dev.chancery.hashing.Measured;
import dev.chancery.key.Key;
import dev.chancery.key.SignatureCheck;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import org.bouncycastle.bcpg.KeyIdentifier;
import org.bouncycastle.bcpg.SignatureSubpacket;
import org.bouncycastle.bcpg.SignatureSubpacketTags;
import org.bouncycastle.openpgp.PGPSignature;

/// Reads and checks OpenPGP data signatures.
public final class OpenPgpVerifying implements VerifyingFormat {
    private final Hashes hashes;
    private final SignatureValues values;

    public OpenPgpVerifying(Hashes hashes, SignatureCheck checks) {
        this.hashes = hashes;
        this.values = new SignatureValues(checks);
    }

    @Override
    public FormatDescription description() {
        return OpenPgpFormat.DESCRIPTION;
    }

    @Override
    public FormatKeyring keyring(Map<Authority, Bytes> publicKeyFiles) {
        return OpenPgpKeyring.read(publicKeyFiles, hashes, values);
    }

    @Override
    public boolean publishes(Bytes publicKeyFile, Key key) {
        var body = Bytes.of(KeyPacket.of(key).body());
        return BouncyCastleReading.certificateBlocks(publicKeyFile).stream()
                .flatMap(block -> PacketReader.read(block).stream())
                .anyMatch(packet ->
                        OpenPgpFormat.isPublicKey(packet.tag()) && packet.body().equals(body));
    }

    /// The packet must be of our own profile to the last subpacket: what the enclave did not mean to sign,
    /// it does not hand out.
    @Override
    public boolean isBy(Key key, Signature signature, Measured content) {
        try {
            var signatures = BouncyCastleReading.signatures(signature.bytes());
            boolean armored = Armor.isArmored(signature.bytes());
            return signature.format().equals(description().name())
                    && armored != (signature.encoding() == Encoding.BINARY)
                    && signatures.size() == 1
                    && isProfile(signatures.getFirst(), KeyPacket.of(key), signature.encoding())
                    && hasTrueNotations(signatures.getFirst(), content)
                    && isOver(key, signatures.getFirst(), signature.encoding(), content);
        } catch (MalformedException e) {
            return false;
        }
    }

    private static boolean isProfile(PGPSignature signature, KeyPacket issuer, Encoding encoding) {
        if (signature.getVersion() != 4
                || signature.getSignatureType() != OpenPgpFormat.signatureType(encoding)
                || signature.getKeyAlgorithm() != issuer.algorithm()
                || signature.getHashAlgorithm() != OpenPgpFormat.HASH_SHA512) {
            return false;
        }
        var hashed = signature.getHashedSubPackets();
        var fingerprint = hashed.getIssuerFingerprint();
        return fingerprint != null
                && Arrays.equals(fingerprint.getFingerprint(), issuer.fingerprint())
                && Arrays.stream(hashed.toArray())
                        .mapToInt(SignatureSubpacket::getType)
                        .allMatch(type -> type == SignatureSubpacketTags.CREATION_TIME
                                || type == SignatureSubpacketTags.ISSUER_FINGERPRINT
                                || type == OpenPgpFormat.NOTATION);
    }

    /// None, or the content's own digest once.
    private boolean hasTrueNotations(PGPSignature signature, Measured content) {
        var notations = Arrays.stream(signature.getHashedSubPackets().toArray())
                .filter(subpacket -> subpacket.getType() == OpenPgpFormat.NOTATION)
                .toList();
        var measure = OpenPgpFormat.measure(Encoding.BINARY);
        if (notations.isEmpty()) {
            return true;
        }
        return notations.size() == 1
                && !notations.getFirst().isCritical()
                && content.has(measure)
                && Arrays.equals(
                        notations.getFirst().getData(),
                        OpenPgpFormat.dataDigest(
                                hashes.finish(content.state(measure.algorithm(), measure.form()), new byte[0])));
    }

    private boolean isOver(Key key, PGPSignature signature, Encoding encoding, Measured content) {
        var measure = OpenPgpFormat.measure(encoding);
        if (!content.has(measure)) {
            return false;
        }
        var digest =
                hashes.finish(content.state(DigestAlgorithm.SHA512, measure.form()), signature.getSignatureTrailer());
        byte[] prefix = Arrays.copyOf(digest.bytes(), 2);
        return Arrays.equals(prefix, signature.getDigestPrefix())
                && values.holds(key.publicKey(), digest, SignatureValues.bytes(signature));
    }

    @Override
    public Optional<JoiningFormat> joining() {
        return Optional.of(new Joining());
    }

    /// Binary signatures one behind the other, which sqv and pacman read; gpgv accepts none of them when it
    /// does not know the key of one.
    private static final class Joining implements JoiningFormat {
        @Override
        public boolean joins(Encoding encoding) {
            return encoding == Encoding.BINARY;
        }

        @Override
        public Bytes join(Bytes file, Signature added, boolean replace) {
            if (Armor.isArmored(file)) {
                throw new MalformedException("OpenPGP signature file is armored; only binary ones are joined");
            }
            var newcomer = issuer(BouncyCastleReading.signatures(added.bytes()).getFirst());
            var signatures = BouncyCastleReading.signatures(file);
            var packets = PacketReader.read(file);
            var joined = new Octets();
            int kept = 0;
            for (int i = 0; i < packets.size(); i++) {
                if (!issuer(signatures.get(i)).equals(newcomer)) {
                    joined.octets(packets.get(i).octets().toArray());
                    kept++;
                } else if (!replace) {
                    throw new RefusedException("signer-exists", "the same key has signed there already");
                }
            }
            if (kept == BouncyCastleReading.SIGNATURES_MAX) {
                throw new MalformedException("OpenPGP signature file has %d signatures, and takes no more"
                        .formatted(BouncyCastleReading.SIGNATURES_MAX));
            }
            return Bytes.of(joined.octets(added.bytes().toArray()).toArray());
        }

        /// All that name their key name its ID.
        private static Optional<Long> issuer(PGPSignature signature) {
            return Issuer.of(signature).map(KeyIdentifier::getKeyId);
        }
    }
}
