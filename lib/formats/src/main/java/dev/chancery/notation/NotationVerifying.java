// SPDX-License-Identifier: Apache-2.0
package dev.chancery.notation;

import dev.chancery.algorithms.EcdsaValue;
import dev.chancery.certificates.CertificateFile;
import dev.chancery.certificates.CertifiedKeys;
import dev.chancery.core.Authority;
import dev.chancery.core.Bytes;
import dev.chancery.core.Encoding;
import dev.chancery.core.MalformedException;
import dev.chancery.core.Signature;
import dev.chancery.format.FormatDescription;
import dev.chancery.format.FormatKeyring;
import dev.chancery.format.VerifyingFormat;
import dev.chancery.hashing.Measure;
import dev.chancery.hashing.Measured;
import dev.chancery.key.CertificateChain;
import dev.chancery.key.Key;
import dev.chancery.key.PublicKey;
import dev.chancery.key.SignatureCheck;
import dev.chancery.key.SignatureValue;
import dev.chancery.signeddata.Certificate;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.Map;

/// Reads and checks signatures of the Notary Project.
public final class NotationVerifying implements VerifyingFormat {
    private final SignatureCheck checks;

    public NotationVerifying(SignatureCheck checks) {
        this.checks = checks;
    }

    @Override
    public FormatDescription description() {
        return NotationFormat.DESCRIPTION;
    }

    @Override
    public FormatKeyring keyring(Map<Authority, Bytes> publicKeyFiles) {
        return new NotationKeyring(new CertifiedKeys(description().name(), publicKeyFiles), this::holds);
    }

    @Override
    public boolean publishes(Bytes publicKeyFile, Key key) {
        return CertificateFile.read(description().name(), key.authority(), publicKeyFile).stream()
                .anyMatch(owned -> owned.key().equals(key.publicKey()));
    }

    /// Whether it is our writing about this manifest, at whatever time, and nothing else.
    @Override
    public boolean isBy(Key key, Signature signature, Measured content) {
        if (!signature.format().equals(description().name())
                || signature.encoding() != Encoding.ARMOR
                || !content.has(Measure.content())) {
            return false;
        }
        try {
            var jws = Jws.read(signature.bytes());
            var header = ProtectedHeader.read(Jws.bytes("protected header", jws.protectedHeader()));
            var ours = ProtectedHeader.of(
                    NotationFormat.algorithm(key.publicKey().scheme()),
                    header.signedAt().orElseThrow(() -> new MalformedException("it has no signing time")));
            String payload = Jws.text(TargetArtifact.of(content.content()).payload());
            return jws.write().equals(signature.bytes())
                    && jws.protectedHeader().equals(Jws.text(ours.write()))
                    && jws.payload().equals(payload)
                    && isWhole(jws.certificates(), key.publicKey())
                    && holds(key.publicKey(), jws);
        } catch (MalformedException e) {
            return false;
        }
    }

    /// The key's certificate, and each issued by the next one: no signature of the key covers them.
    private boolean isWhole(CertificateChain certificates, PublicKey key) {
        var chain = certificates.certificates().stream().map(Certificate::read).toList();
        for (int i = 0; i < chain.size(); i++) {
            if (!chain.get(i).isSignedBy(chain.get(Math.min(i + 1, chain.size() - 1)), checks)) {
                return false;
            }
        }
        return chain.getFirst().hasKey(key);
    }

    /// RFC 7518, section 3.4.
    private boolean holds(PublicKey key, Jws jws) {
        int octets = switch (key.scheme()) {
            case ECDSA_P256 -> 32;
            case ECDSA_P384 -> 48;
            case ED25519, RSA -> 0;
        };
        byte[] value = jws.value().toArray();
        if (octets == 0 || value.length != 2 * octets) {
            return false;
        }
        var integers = new EcdsaValue(
                new BigInteger(1, Arrays.copyOf(value, octets)),
                new BigInteger(1, Arrays.copyOfRange(value, octets, 2 * octets)));
        var toBeSigned = NotationFormat.toBeSigned(key.scheme(), jws.protectedHeader(), jws.payload());
        return checks.holds(key, toBeSigned, SignatureValue.of(integers.der()));
    }
}
