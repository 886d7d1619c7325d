// SPDX-License-Identifier: Apache-2.0
package dev.chancery.openpgp;

import dev.chancery.core.Authority;
import dev.chancery.core.Bytes;
import dev.chancery.core.MalformedException;
import dev.chancery.format.ClaimedSignature;
import dev.chancery.format.FormatKeyring;
import dev.chancery.hashing.Hashes;
import dev.chancery.key.KeyId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bouncycastle.openpgp.PGPPublicKey;
import org.bouncycastle.openpgp.PGPSignature;

/// The certificates of a keyring.
final class OpenPgpKeyring implements FormatKeyring {
    /// A key of a certificate, and the authority whose certificate it is.
    record Candidate(Authority authority, Certificate certificate, PGPPublicKey key) {}

    private final Map<Certificate, Authority> certificates = new LinkedHashMap<>();
    private final Map<KeyId, Authority> owners = new LinkedHashMap<>();
    private final Hashes hashes;
    private final SignatureValues values;

    private OpenPgpKeyring(Hashes hashes, SignatureValues values) {
        this.hashes = hashes;
        this.values = values;
    }

    static OpenPgpKeyring read(Map<Authority, Bytes> files, Hashes hashes, SignatureValues values) {
        var keyring = new OpenPgpKeyring(hashes, values);
        files.forEach((authority, file) -> {
            for (var certificate : BouncyCastleReading.certificates(file)) {
                keyring.add(certificate, authority);
            }
        });
        return keyring;
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

    @Override
    public List<ClaimedSignature> read(Bytes signatureFile) {
        if (CleartextDocument.isOne(signatureFile)) {
            throw new MalformedException("this is a text with its own signature in it: verify it by itself");
        }
        var claims = new ArrayList<ClaimedSignature>();
        for (var signature : BouncyCastleReading.signatures(signatureFile)) {
            claims.add(new OpenPgpClaim(signature, candidates(signature), values, hashes));
        }
        return claims;
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
