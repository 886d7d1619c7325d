// SPDX-License-Identifier: Apache-2.0
package dev.chancery.cms;

import dev.chancery.certificates.CertificateFile;
import dev.chancery.core.Authority;
import dev.chancery.core.Bytes;
import dev.chancery.core.Encoding;
import dev.chancery.core.MalformedException;
import dev.chancery.core.Signature;
import dev.chancery.format.FormatDescription;
import dev.chancery.format.FormatKeyring;
import dev.chancery.format.JoiningFormat;
import dev.chancery.format.TimestampedFormat;
import dev.chancery.hashing.Measured;
import dev.chancery.key.CertificateChain;
import dev.chancery.key.Key;
import dev.chancery.key.PublicKey;
import dev.chancery.key.SignatureCheck;
import dev.chancery.key.SignatureValue;
import dev.chancery.signeddata.Algorithms;
import dev.chancery.signeddata.Attributes;
import dev.chancery.signeddata.Certificate;
import dev.chancery.signeddata.SignedData;
import dev.chancery.signeddata.SignerInfo;
import dev.chancery.timestamp.TimestampServices;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Reads and checks CMS signatures.
public final class CmsVerifying implements TimestampedFormat {
    /// What every signature of ours says, and all that it says.
    private static final Set<String> PROFILE = Set.of(
            Attributes.CONTENT_TYPE,
            Attributes.SIGNING_TIME,
            Attributes.MESSAGE_DIGEST,
            Attributes.SIGNING_CERTIFICATE_V2);

    private final SignatureCheck checks;

    public CmsVerifying(SignatureCheck checks) {
        this.checks = checks;
    }

    @Override
    public FormatDescription description() {
        return CmsFormat.DESCRIPTION;
    }

    @Override
    public FormatKeyring keyring(Map<Authority, Bytes> publicKeyFiles) {
        return CmsKeyring.read(publicKeyFiles, new CmsTimestamps(Optional.empty()), checks);
    }

    @Override
    public FormatKeyring keyring(Map<Authority, Bytes> publicKeyFiles, CertificateChain services) {
        var trusted = TimestampServices.of(services, checks);
        return CmsKeyring.read(publicKeyFiles, new CmsTimestamps(Optional.of(trusted)), checks);
    }

    @Override
    public SignatureValue stamped(Signature signature) {
        return CmsTimestamps.stamped(signature.bytes());
    }

    @Override
    public Signature stamp(Signature signature, Bytes token) {
        return new Signature(signature.format(), signature.encoding(), CmsTimestamps.stamp(signature.bytes(), token));
    }

    @Override
    public boolean publishes(Bytes publicKeyFile, Key key) {
        return CertificateFile.read(description().name(), key.authority(), publicKeyFile).stream()
                .anyMatch(owned -> owned.key().equals(key.publicKey()));
    }

    @Override
    public Optional<JoiningFormat> joining() {
        return Optional.of(new CmsJoining());
    }

    /// The file must be of our own profile: one signer, named by a certificate of the key that is in the file,
    /// with our attributes and no others, signed or not, and in DER throughout.
    @Override
    public boolean isBy(Key key, Signature signature, Measured content) {
        if (!signature.format().equals(description().name()) || signature.encoding() != Encoding.BINARY) {
            return false;
        }
        try {
            var data = DetachedSignature.read(signature.bytes());
            if (data.signers().size() != 1 || !data.revocationLists().isEmpty()) {
                return false;
            }
            var info = SignerInfo.read(CmsFormat.SUBJECT, data.signers().getFirst());
            return data.writeDetached(false).equals(signature.bytes())
                    && isProfile(info, data, key.publicKey(), content)
                    && CmsClaim.holds(
                            key.publicKey(),
                            info,
                            Algorithms.digestFor(key.publicKey().scheme()),
                            checks);
        } catch (MalformedException e) {
            return false;
        }
    }

    private static boolean isProfile(SignerInfo info, SignedData data, PublicKey key, Measured content) {
        var digest = Algorithms.digestFor(key.scheme());
        if (info.signed().isEmpty() || !content.has(CmsFormat.measure(key.scheme()))) {
            return false;
        }
        var attributes = Attributes.readSigned(CmsFormat.SUBJECT, info.signed().get());
        return data.digestAlgorithms().equals(java.util.List.of(Bytes.of(Algorithms.writeDigest(digest))))
                && Algorithms.digest(info.digestAlgorithm()).equals(Optional.of(digest))
                && Algorithms.fits(info.signatureAlgorithm(), key.scheme(), digest)
                && info.unsigned().types().isEmpty()
                && attributes.types().equals(PROFILE)
                && attributes.contentType().equals(SignedData.DATA)
                && attributes.signingTime().isPresent()
                && attributes.messageDigest(digest).equals(content.digest(digest))
                && data.certificates().stream()
                        .map(Certificate::read)
                        .anyMatch(certificate -> certificate.hasKey(key)
                                && info.identifier().names(certificate)
                                && attributes.name(certificate));
    }
}
