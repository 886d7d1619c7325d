// SPDX-License-Identifier: Apache-2.0
package dev.chancery.packet;

import dev.chancery.core.Bytes;
import dev.chancery.core.MalformedException;
import dev.chancery.key.PublicKey;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.bcpg.BCPGInputStream;
import org.bouncycastle.bcpg.BCPGKey;
import org.bouncycastle.bcpg.ECDSAPublicBCPGKey;
import org.bouncycastle.bcpg.ECPublicBCPGKey;
import org.bouncycastle.bcpg.Ed25519PublicBCPGKey;
import org.bouncycastle.bcpg.EdDSAPublicBCPGKey;
import org.bouncycastle.bcpg.RSAPublicBCPGKey;
import org.bouncycastle.openpgp.PGPException;
import org.bouncycastle.openpgp.PGPPublicKey;
import org.bouncycastle.openpgp.PGPPublicKeyRing;
import org.bouncycastle.openpgp.PGPSignature;
import org.bouncycastle.openpgp.bc.BcPGPObjectFactory;
import org.bouncycastle.util.BigIntegers;

/// The one place where Bouncy Castle parses bytes from outside. Whatever it throws on them is *malformed*.
public final class BouncyCastleReading {
    /// Signatures in one file.
    public static final int SIGNATURES_MAX = 100;

    private static final String OID_ED25519_LEGACY = "1.3.6.1.4.1.11591.15.1";
    private static final String OID_P256 = "1.2.840.10045.3.1.7";
    private static final String OID_P384 = "1.3.132.0.34";

    private BouncyCastleReading() {}

    /// The signature packets of a detached signature file, armored or not, and nothing else in it.
    public static List<PGPSignature> signatures(Bytes file) {
        return signaturePackets(file).stream()
                .map(packet -> signature(packet.octets()))
                .toList();
    }

    /// The same for a file whose signatures all have a salt, which is those of version 6.
    public static List<ReadSignature> saltedSignatures(Bytes file) {
        var signatures = new ArrayList<ReadSignature>();
        for (var packet : signaturePackets(file)) {
            byte[] body = packet.body().toArray();
            if (body.length == 0 || body[0] != PacketVersion.V6.number()) {
                throw new MalformedException("OpenPGP signature file has a signature that is not of version 6");
            }
            signatures.add(new ReadSignature(signature(packet.octets()), ReadSignature.saltOf(body)));
        }
        return signatures;
    }

    private static List<PacketReader.Packet> signaturePackets(Bytes file) {
        var packets = new ArrayList<PacketReader.Packet>();
        for (Bytes block : packets(Armor.Kind.SIGNATURE, file)) {
            for (var packet : PacketReader.read(block)) {
                if (packet.tag() != PacketNumbers.TAG_SIGNATURE) {
                    throw new MalformedException(
                            "OpenPGP signature file has a packet of type %d, not 2".formatted(packet.tag()));
                }
                packets.add(packet);
            }
        }
        if (packets.isEmpty() || packets.size() > SIGNATURES_MAX) {
            throw new MalformedException(
                    "OpenPGP signature file has %d signatures, not 1 to %d".formatted(packets.size(), SIGNATURES_MAX));
        }
        return packets;
    }

    private static List<Bytes> packets(Armor.Kind kind, Bytes file) {
        return Armor.isArmored(file) ? Armor.read(kind, file) : List.of(file);
    }

    static PGPSignature signature(Bytes packet) {
        return parsed("signature", () -> {
            var input = new BCPGInputStream(new ByteArrayInputStream(packet.toArray()));
            var signature = new PGPSignature(input);
            signature.getSignature(); // decodes the integers, so that a wrong one is found here
            return signature;
        });
    }

    /// The certificates of a public key file. Secret keys are refused: they do not belong in a keyring.
    public static List<Certificate> certificates(Bytes file, PacketVersion version) {
        var certificates = new ArrayList<Certificate>();
        for (Bytes block : packets(Armor.Kind.PUBLIC_KEY, file)) {
            var packets = PacketReader.read(block);
            if (version == PacketVersion.V6) {
                requireSalts(packets);
            }
            certificates.addAll(parsed("certificate", () -> rings(block, version)));
        }
        if (certificates.isEmpty()) {
            throw new MalformedException("OpenPGP public key file holds no certificate");
        }
        return certificates;
    }

    /// In a signature of version 6 the salt has the length that its hash function's has.
    private static void requireSalts(List<PacketReader.Packet> packets) {
        for (var packet : packets) {
            byte[] body = packet.body().toArray();
            if (packet.tag() == PacketNumbers.TAG_SIGNATURE
                    && body.length > 0
                    && body[0] == PacketVersion.V6.number()) {
                ReadSignature.saltOf(body);
            }
        }
    }

    /// The packets of a public key file that has been read before.
    public static List<Bytes> certificateBlocks(Bytes file) {
        return packets(Armor.Kind.PUBLIC_KEY, file);
    }

    private static List<Certificate> rings(Bytes block, PacketVersion version) throws IOException {
        var rings = new ArrayList<Certificate>();
        var objects = new BcPGPObjectFactory(block.toArray());
        for (Object next = objects.nextObject(); next != null; next = objects.nextObject()) {
            if (!(next instanceof PGPPublicKeyRing ring)) {
                throw new MalformedException("OpenPGP public key file holds something that is not a certificate");
            }
            rings.add(new Certificate(ring, version));
        }
        return rings;
    }

    /// The body of the key's packet, in the one form that is hashed.
    static byte[] body(PGPPublicKey key) {
        return parsed("key", () -> key.getPublicKeyPacket().getEncodedContents());
    }

    /// The key as one of ours; empty when it is of a kind that is not verified here.
    public static Optional<PublicKey> publicKey(PGPPublicKey key) {
        try {
            BCPGKey material = key.getPublicKeyPacket().getKey();
            if (material instanceof RSAPublicBCPGKey rsa) {
                return Optional.of(PublicKey.rsa(rsa.getModulus(), rsa.getPublicExponent()));
            }
            if (material instanceof Ed25519PublicBCPGKey ed25519) {
                return Optional.of(PublicKey.ed25519(ed25519.getKey()));
            }
            return material instanceof ECPublicBCPGKey onCurve ? publicKey(onCurve) : Optional.empty();
        } catch (MalformedException e) {
            // Too short, too long, or not a point: such a key verifies nothing here.
            return Optional.empty();
        }
    }

    private static Optional<PublicKey> publicKey(ECPublicBCPGKey key) {
        byte[] point = BigIntegers.asUnsignedByteArray(key.getEncodedPoint());
        String curve = key.getCurveOID().getId();
        if (key instanceof EdDSAPublicBCPGKey) {
            return curve.equals(OID_ED25519_LEGACY) ? ed25519Legacy(point) : Optional.empty();
        }
        if (!(key instanceof ECDSAPublicBCPGKey)) {
            return Optional.empty();
        }
        return switch (curve) {
            case OID_P256 -> Optional.of(PublicKey.ecdsaP256(point));
            case OID_P384 -> Optional.of(PublicKey.ecdsaP384(point));
            default -> Optional.empty();
        };
    }

    private static Optional<PublicKey> ed25519Legacy(byte[] prefixed) {
        return prefixed.length == 33 && prefixed[0] == 0x40
                ? Optional.of(PublicKey.ed25519(Arrays.copyOfRange(prefixed, 1, 33)))
                : Optional.empty();
    }

    private interface Parse<T> {
        T run() throws IOException, PGPException;
    }

    /// Bouncy Castle reports bad input by several unchecked exceptions besides its own; all of them mean the
    /// same.
    private static <T> T parsed(String what, Parse<T> parse) {
        try {
            return parse.run();
        } catch (MalformedException e) {
            throw e;
        } catch (IOException | PGPException | RuntimeException e) {
            throw new MalformedException("OpenPGP %s is not well formed: %s".formatted(what, e.getMessage()), e);
        }
    }
}
