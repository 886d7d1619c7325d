// SPDX-License-Identifier: Apache-2.0
package dev.chancery.openpgp;

import dev.chancery.core.Authority;
import dev.chancery.core.Bytes;
import dev.chancery.core.MalformedException;
import dev.chancery.format.ClaimedSignature;
import dev.chancery.format.FormatKeyring;
import dev.chancery.key.KeyId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bouncycastle.bcpg.KeyIdentifier;
import org.bouncycastle.openpgp.PGPSignature;
import org.bouncycastle.openpgp.api.OpenPGPCertificate;
import org.bouncycastle.openpgp.api.OpenPGPSignature;

/// The certificates of a keyring.
final class OpenPgpKeyring implements FormatKeyring {
    /// A key of a certificate, and the authority whose certificate it is.
    record Candidate(Authority authority, OpenPGPCertificate.OpenPGPComponentKey key) {}

    private final Map<OpenPGPCertificate, Authority> certificates;
    private final Map<KeyId, Authority> owners;
    private final SignatureValues values;

    private OpenPgpKeyring(
            Map<OpenPGPCertificate, Authority> certificates, Map<KeyId, Authority> owners, SignatureValues values) {
        this.certificates = certificates;
        this.owners = owners;
        this.values = values;
    }

    static OpenPgpKeyring read(Map<Authority, Bytes> files, SignatureValues values) {
        var certificates = new LinkedHashMap<OpenPGPCertificate, Authority>();
        var owners = new LinkedHashMap<KeyId, Authority>();
        files.forEach((authority, file) -> {
            for (var certificate : BouncyCastleReading.certificates(file)) {
                certificates.put(certificate, authority);
                own(certificate, authority, owners);
            }
        });
        return new OpenPgpKeyring(certificates, owners, values);
    }

    private static void own(OpenPGPCertificate certificate, Authority authority, Map<KeyId, Authority> owners) {
        for (var key : certificate.getKeys()) {
            BouncyCastleReading.publicKey(key.getPGPPublicKey()).ifPresent(ours -> {
                Authority other = owners.putIfAbsent(ours.id(), authority);
                if (other != null && !other.equals(authority)) {
                    throw new MalformedException("OpenPGP key %s stands in the certificates of both %s and %s"
                            .formatted(ours.id(), other, authority));
                }
            });
        }
    }

    @Override
    public Map<KeyId, Authority> owners() {
        return Map.copyOf(owners);
    }

    @Override
    public List<ClaimedSignature> read(Bytes signatureFile) {
        if (CleartextDocument.isOne(signatureFile)) {
            throw new MalformedException("this is a text with its own signature in it: verify it by itself");
        }
        var claims = new ArrayList<ClaimedSignature>();
        for (var signature : BouncyCastleReading.signatures(signatureFile)) {
            claims.add(new OpenPgpClaim(signature, candidates(signature), values));
        }
        return claims;
    }

    private List<Candidate> candidates(PGPSignature signature) {
        KeyIdentifier issuer = OpenPGPSignature.getMostExpressiveIdentifier(signature.getKeyIdentifiers());
        var candidates = new ArrayList<Candidate>();
        if (issuer != null && !issuer.isWildcard()) {
            certificates.forEach((certificate, authority) -> {
                var key = certificate.getKey(issuer);
                if (key != null) {
                    candidates.add(new Candidate(authority, key));
                }
            });
        }
        return candidates;
    }
}
