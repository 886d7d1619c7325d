// SPDX-License-Identifier: Apache-2.0
package dev.chancery.packet;

import dev.chancery.core.Authority;
import dev.chancery.core.Bytes;
import dev.chancery.core.MalformedException;
import dev.chancery.format.ClaimedSignature;
import dev.chancery.format.FormatKeyring;
import dev.chancery.hashing.Salt;
import dev.chancery.key.KeyId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bouncycastle.openpgp.PGPPublicKey;
import org.bouncycastle.openpgp.PGPSignature;

/// The certificates of a keyring.
public final class CertificateKeyring implements FormatKeyring {
    /// A key of a certificate, and the authority whose certificate it is.
    record Candidate(Authority authority, Certificate certificate, PGPPublicKey key) {}

    private final Map<Certificate, Authority> certificates = new LinkedHashMap<>();
    private final Map<KeyId, Authority> owners = new LinkedHashMap<>();
    private final Checking checking;

    private CertificateKeyring(Checking checking) {
        this.checking = checking;
    }

    /// Throws `MalformedException` for a file without a certificate of the version; in version 6, also for
    /// one with another certificate besides.
    public static CertificateKeyring read(Map<Authority, Bytes> files, Checking checking) {
        var keyring = new CertificateKeyring(checking);
        files.forEach((authority, file) -> {
            for (var certificate : certificates(file, checking.version())) {
                keyring.add(certificate, authority);
            }
        });
        return keyring;
    }

    private static List<Certificate> certificates(Bytes file, PacketVersion version) {
        var certificates = BouncyCastleReading.certificates(file, version);
        boolean some = certificates.stream().anyMatch(Certificate::isOfVersion);
        boolean all = certificates.stream().allMatch(Certificate::isOfVersion);
        if (version == PacketVersion.V4 ? !some : !all) {
            throw new MalformedException("OpenPGP public key file holds %s certificate of version %d"
                    .formatted(version == PacketVersion.V4 ? "no" : "something that is no", version.number()));
        }
        return certificates;
    }

    private void add(Certificate certificate, Authority authority) {
        certificates.put(certificate, authority);
        for (var key : certificate.publicKeys()) {
            Authority other = owners.putIfAbsent(key.id(), authority);
            if (other != null && !other.equals(authority)) {
                throw new MalformedException("OpenPGP key %s stands in the certificates of both %s and %s"
                        .formatted(key.id(), other, authority));
            }
        }
    }

    @Override
    public Map<KeyId, Authority> owners() {
        return Map.copyOf(owners);
    }

    /// Not when any certificate of its authority says that it could.
    @Override
    public Optional<String> fault(KeyId id, Instant at) {
        var faults = new ArrayList<Certificate.KeyFault>();
        for (var certificate : certificates.keySet()) {
            for (var key : certificate.keys()) {
                if (BouncyCastleReading.publicKey(key)
                        .filter(found -> found.id().equals(id))
                        .isPresent()) {
                    var fault = certificate.faultToSign(key, at);
                    if (fault.isEmpty()) {
                        return Optional.empty();
                    }
                    faults.add(fault.get());
                }
            }
        }
        return faults.stream().map(Certificate.KeyFault::words).findFirst();
    }

    @Override
    public List<ClaimedSignature> read(Bytes signatureFile) {
        if (CleartextDocument.isOne(signatureFile)) {
            throw new MalformedException("this is a text with its own signature in it: verify it by itself");
        }
        var claims = new ArrayList<ClaimedSignature>();
        for (var read : signatures(signatureFile)) {
            claims.add(new PacketClaim(read, candidates(read.signature()), checking));
        }
        return claims;
    }

    private List<ReadSignature> signatures(Bytes file) {
        return switch (checking.version()) {
            case V4 ->
                BouncyCastleReading.signatures(file).stream()
                        .map(signature -> new ReadSignature(signature, Salt.NONE))
                        .toList();
            case V6 -> BouncyCastleReading.saltedSignatures(file);
        };
    }

    private List<Candidate> candidates(PGPSignature signature) {
        var candidates = new ArrayList<Candidate>();
        Issuer.of(signature)
                .ifPresent(issuer -> certificates.forEach((certificate, authority) -> certificate
                        .key(issuer)
                        .ifPresent(key -> candidates.add(new Candidate(authority, certificate, key)))));
        return candidates;
    }
}
