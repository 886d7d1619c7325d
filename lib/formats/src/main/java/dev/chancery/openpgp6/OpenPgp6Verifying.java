// SPDX-License-Identifier: Apache-2.0
package dev.chancery.openpgp6;

import dev.chancery.core.Authority;
import dev.chancery.core.Bytes;
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
import dev.chancery.packet.ReadSignature;
import dev.chancery.packet.SignatureValues;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import org.bouncycastle.bcpg.SignatureSubpacket;
import org.bouncycastle.openpgp.PGPSignature;

/// Reads and checks OpenPGP data signatures of version 6.
public final class OpenPgp6Verifying implements VerifyingFormat {
    private final Hashes hashes;
    private final SignatureValues values;

    public OpenPgp6Verifying(Hashes hashes, SignatureCheck checks) {
        this.hashes = hashes;
        this.values = new SignatureValues(checks);
    }

    @Override
    public FormatDescription description() {
        return OpenPgp6Format.DESCRIPTION;
    }

    @Override
    public FormatKeyring keyring(Map<Authority, Bytes> publicKeyFiles) {
        return CertificateKeyring.read(publicKeyFiles, new Checking(PacketVersion.V6, hashes, values));
    }

    @Override
    public boolean publishes(Bytes publicKeyFile, Key key) {
        var body = Bytes.of(KeyPacket.of(key).body());
        return BouncyCastleReading.certificateBlocks(publicKeyFile).stream()
                .flatMap(block -> PacketReader.read(block).stream())
                .anyMatch(packet ->
                        PacketNumbers.isPublicKey(packet.tag()) && packet.body().equals(body));
    }

    /// The packet must be of our own profile to the last subpacket, with the salt that the content was
    /// measured with: what the enclave did not mean to sign, it does not hand out.
    @Override
    public boolean isBy(Key key, Signature signature, Measured content) {
        try {
            var signatures = BouncyCastleReading.saltedSignatures(signature.bytes());
            boolean armored = Armor.isArmored(signature.bytes());
            return signature.format().equals(description().name())
                    && armored != (signature.encoding() == Encoding.BINARY)
                    && signatures.size() == 1
                    && isProfile(signatures.getFirst().signature(), KeyPacket.of(key), signature.encoding())
                    && signatures.getFirst().salt().equals(content.salt())
                    && isOver(key, signatures.getFirst(), signature.encoding(), content);
        } catch (MalformedException e) {
            return false;
        }
    }

    private static boolean isProfile(PGPSignature signature, KeyPacket issuer, Encoding encoding) {
        if (signature.getVersion() != OpenPgp6Format.VERSION
                || signature.getSignatureType() != PacketNumbers.signatureType(encoding)
                || signature.getKeyAlgorithm() != OpenPgp6Format.ALGORITHM_ED25519
                || signature.getHashAlgorithm() != PacketNumbers.HASH_SHA512) {
            return false;
        }
        var hashed = signature.getHashedSubPackets();
        var fingerprint = hashed.getIssuerFingerprint();
        return fingerprint != null
                && fingerprint.getKeyVersion() == OpenPgp6Format.VERSION
                && Arrays.equals(fingerprint.getFingerprint(), issuer.fingerprint())
                && signature.getUnhashedSubPackets().size() == 0
                && Arrays.stream(hashed.toArray())
                        .mapToInt(SignatureSubpacket::getType)
                        .allMatch(type ->
                                type == PacketNumbers.CREATION_TIME || type == PacketNumbers.ISSUER_FINGERPRINT);
    }

    private boolean isOver(Key key, ReadSignature read, Encoding encoding, Measured content) {
        var signature = read.signature();
        var measure = OpenPgp6Format.measure(encoding, read.salt());
        if (!content.has(measure)) {
            return false;
        }
        var state = content.state(measure.algorithm(), measure.form(), measure.salt());
        var digest = hashes.finish(state, signature.getSignatureTrailer());
        return Arrays.equals(Arrays.copyOf(digest.bytes(), 2), signature.getDigestPrefix())
                && values.holds(key.publicKey(), digest, SignatureValues.bytes(signature));
    }

    @Override
    public Optional<JoiningFormat> joining() {
        return Optional.of(new PacketJoining());
    }
}
