// SPDX-License-Identifier: Apache-2.0
package dev.chancery.packet;

import dev.chancery.core.Bytes;
import dev.chancery.core.DigestAlgorithm;
import dev.chancery.core.MalformedException;
import dev.chancery.hashing.Salt;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.bcpg.HashAlgorithmTags;
import org.bouncycastle.bcpg.KeyIdentifier;
import org.bouncycastle.openpgp.PGPSignature;

/// A signature packet that was taken apart, with the salt that is hashed before the content.
public record ReadSignature(PGPSignature signature, Salt salt) {
    /// What a signature says of itself, unchecked. The numbers are those of section 9.
    ///
    /// @param keyId of 16 upper-case hex digits
    /// @param fingerprint in upper-case hex digits, where the signature has one
    public record Facts(
            int version,
            int keyAlgorithm,
            int hashAlgorithm,
            int type,
            Instant created,
            String keyId,
            Optional<String> fingerprint) {}

    /// The signatures of a detached signature file, as they present themselves.
    public static List<Facts> facts(Bytes file) {
        return BouncyCastleReading.signatures(file).stream()
                .map(ReadSignature::facts)
                .toList();
    }

    private static Facts facts(PGPSignature signature) {
        var issuer = Issuer.of(signature);
        return new Facts(
                signature.getVersion(),
                signature.getKeyAlgorithm(),
                signature.getHashAlgorithm(),
                signature.getSignatureType(),
                signature.getCreationTime().toInstant(),
                HexFormat.of()
                        .withUpperCase()
                        .toHexDigits(issuer.map(KeyIdentifier::getKeyId).orElse(0L)),
                issuer.filter(named -> named.getFingerprint() != null).map(Issuer::text));
    }

    /// The hash function, where it is one that counts here.
    Optional<DigestAlgorithm> hash() {
        return switch (signature.getHashAlgorithm()) {
            case HashAlgorithmTags.SHA256 -> Optional.of(DigestAlgorithm.SHA256);
            case HashAlgorithmTags.SHA384 -> Optional.of(DigestAlgorithm.SHA384);
            case HashAlgorithmTags.SHA512 -> Optional.of(DigestAlgorithm.SHA512);
            default -> Optional.empty();
        };
    }

    /// The salt in the body of a version 6 signature packet (section 5.2.3): version, type, two algorithms,
    /// twice four octets of length and the subpackets, two octets of the digest, one octet of length and the
    /// salt.
    ///
    /// Throws `MalformedException` for one that is not as long as section 9.5 has it for the hash function.
    static Salt saltOf(byte[] body) {
        var input = ByteBuffer.wrap(body);
        try {
            int hash = input.position(3).get();
            skip(input, input.getInt());
            skip(input, input.getInt());
            skip(input, Short.BYTES);
            int length = input.get() & 0xff;
            requireLength(length, hash);
            byte[] salt = new byte[length];
            input.get(salt);
            return new Salt(Bytes.of(salt));
        } catch (BufferUnderflowException | IllegalArgumentException e) {
            throw new MalformedException("OpenPGP signature of version 6 ends before its salt does", e);
        }
    }

    private static void skip(ByteBuffer input, int octets) {
        if (octets < 0 || octets > input.remaining()) {
            throw new BufferUnderflowException();
        }
        input.position(input.position() + octets);
    }

    /// Table 23; a hash function that is not in it has no salt and makes no signature of version 6.
    private static void requireLength(int length, int hash) {
        int due = switch (hash) {
            case HashAlgorithmTags.SHA224, HashAlgorithmTags.SHA256, HashAlgorithmTags.SHA3_256 -> 16;
            case HashAlgorithmTags.SHA384 -> 24;
            case HashAlgorithmTags.SHA512, HashAlgorithmTags.SHA3_512 -> 32;
            default ->
                throw new MalformedException(
                        "OpenPGP signature of version 6 has hash algorithm %d, which has no salt".formatted(hash));
        };
        if (length != due) {
            throw new MalformedException("OpenPGP signature has a salt of %d octets where hash algorithm %d has %d"
                    .formatted(length, hash, due));
        }
    }
}
