// SPDX-License-Identifier: Apache-2.0
package dev.chancery.cms;

import dev.chancery.core.Bytes;
import dev.chancery.core.Encoding;
import dev.chancery.core.MalformedException;
import dev.chancery.core.RefusedException;
import dev.chancery.core.Signature;
import dev.chancery.format.JoiningFormat;
import dev.chancery.signeddata.Algorithms;
import dev.chancery.signeddata.Attributes;
import dev.chancery.signeddata.Certificate;
import dev.chancery.signeddata.SignedData;
import dev.chancery.signeddata.SignerInfo;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;

/// Puts one more signer into a file, as `openssl cms -resign` does, without a key. What a signature covers is
/// in its `SignerInfo`, and those that are there stay byte for byte.
final class CmsJoining implements JoiningFormat {
    @Override
    public boolean joins(Encoding encoding) {
        return encoding == Encoding.BINARY;
    }

    @Override
    public Bytes join(Bytes file, Signature added, boolean replace) {
        var there = DetachedSignature.read(file);
        var more = DetachedSignature.read(added.bytes());
        var newcomer = SignerInfo.read(CmsFormat.SUBJECT, more.signers().getFirst());
        var signers = new ArrayList<Bytes>();
        boolean namesKeys = false;
        for (Bytes der : there.signers()) {
            var signer = SignerInfo.read(CmsFormat.SUBJECT, der);
            if (!key(signer, there).equals(key(newcomer, more))) {
                requireSameContent(signer, newcomer);
                signers.add(der);
                namesKeys |= SignerInfo.version(signer.identifier()) == 3;
            } else if (!replace) {
                throw new RefusedException("signer-exists", "the same key has signed there already");
            }
        }
        signers.addAll(more.signers());
        if (signers.size() > SignedData.SIGNERS_MAX) {
            throw new MalformedException(
                    "%s has %d signers, and takes no more".formatted(CmsFormat.SUBJECT, SignedData.SIGNERS_MAX));
        }
        var joined = new SignedData(
                union(there.digestAlgorithms(), more.digestAlgorithms()),
                there.content(),
                union(there.certificates(), more.certificates()),
                there.revocationLists(),
                signers);
        return joined.writeDetached(namesKeys);
    }

    private static List<Bytes> union(List<Bytes> some, List<Bytes> others) {
        var union = new LinkedHashSet<>(some);
        union.addAll(others);
        return List.copyOf(union);
    }

    /// The public key of the certificate that a signer names; where the file does not carry it, what it is
    /// named with.
    private static Object key(SignerInfo signer, SignedData data) {
        return data.certificates().stream()
                .map(Certificate::read)
                .filter(signer.identifier()::names)
                .findFirst()
                .<Object>map(Certificate::publicKeyInfo)
                .orElse(signer.identifier());
    }

    /// As far as two digests can be compared. A signer without signed attributes tells none.
    private static void requireSameContent(SignerInfo one, SignerInfo other) {
        var digest = Algorithms.digest(one.digestAlgorithm());
        boolean comparable = digest.isPresent()
                && digest.equals(Algorithms.digest(other.digestAlgorithm()))
                && one.signed().isPresent();
        if (comparable && !messageDigest(one).equals(messageDigest(other))) {
            throw new MalformedException(CmsFormat.SUBJECT + " that is there is over other content");
        }
    }

    private static Optional<dev.chancery.core.Digest> messageDigest(SignerInfo signer) {
        return Algorithms.digest(signer.digestAlgorithm())
                .map(digest -> Attributes.readSigned(
                                CmsFormat.SUBJECT, signer.signed().orElseThrow())
                        .messageDigest(digest));
    }
}
