// SPDX-License-Identifier: Apache-2.0
package dev.chancery.packet;

import dev.chancery.core.Bytes;
import dev.chancery.core.Encoding;
import dev.chancery.core.MalformedException;
import dev.chancery.core.RefusedException;
import dev.chancery.core.Signature;
import dev.chancery.format.JoiningFormat;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.bcpg.KeyIdentifier;
import org.bouncycastle.openpgp.PGPSignature;

/// Binary signatures one behind the other, which sqv and pacman read; gpgv accepts none of them when it
/// does not know the key of one.
public final class PacketJoining implements JoiningFormat {
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
        requireOneVersion(signatures, added);
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

    /// A file is read in one version: what was there, or what is added, would count no more.
    private static void requireOneVersion(List<PGPSignature> signatures, Signature added) {
        int version = BouncyCastleReading.signatures(added.bytes()).getFirst().getVersion();
        for (var signature : signatures) {
            if (signature.getVersion() != version) {
                throw new MalformedException(
                        "OpenPGP signature file has a signature of version %d, and takes none of %d"
                                .formatted(signature.getVersion(), version));
            }
        }
    }

    /// All that name their key name its ID.
    private static Optional<Long> issuer(PGPSignature signature) {
        return Issuer.of(signature).map(KeyIdentifier::getKeyId);
    }
}
