// SPDX-License-Identifier: Apache-2.0
package dev.chancery.openpgp;

import dev.chancery.core.Authority;
import dev.chancery.core.Bytes;
import dev.chancery.core.DigestAlgorithm;
import dev.chancery.core.Encoding;
import dev.chancery.core.MalformedException;
import dev.chancery.core.Signature;
import dev.chancery.format.FormatDescription;
import dev.chancery.format.FormatKeyring;
import dev.chancery.format.JoiningFormat;
import dev.chancery.format.VerifyingFormat;
import dev.chancery.hashing.Hashes;
import dev.chancery.hashing.Measured;
import dev.chancery.key.Key;
import dev.chancery.key.SignatureCheck;
import dev.chancery.packet.Armor;
import dev.chancery.packet.BouncyCastleReading;
import dev.chancery.packet.CertificateKeyring;
import dev.chancery.packet.Checking;
import dev.chancery.packet.PacketJoining;
import dev.chancery.packet.PacketNumbers;
import dev.chancery.packet.PacketReader;
import dev.chancery.packet.PacketVersion;
import dev.chancery.packet.SignatureValues;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
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
        return CertificateKeyring.read(publicKeyFiles, new Checking(PacketVersion.V4, hashes, values));
    }

    @Override
    public boolean publishes(Bytes publicKeyFile, Key key) {
        var body = Bytes.of(KeyPacket.of(key).body());
        return BouncyCastleReading.certificateBlocks(publicKeyFile).stream()
                .flatMap(block -> PacketReader.read(block).stream())
                .anyMatch(packet ->
                        PacketNumbers.isPublicKey(packet.tag()) && packet.body().equals(body));
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
                || signature.getSignatureType() != PacketNumbers.signatureType(encoding)
                || signature.getKeyAlgorithm() != issuer.algorithm()
                || signature.getHashAlgorithm() != PacketNumbers.HASH_SHA512) {
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
                                || type == PacketNumbers.NOTATION);
    }

    /// None, or the content's own digest once.
    private boolean hasTrueNotations(PGPSignature signature, Measured content) {
        var notations = Arrays.stream(signature.getHashedSubPackets().toArray())
                .filter(subpacket -> subpacket.getType() == PacketNumbers.NOTATION)
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
        return Optional.of(new PacketJoining());
    }
}
