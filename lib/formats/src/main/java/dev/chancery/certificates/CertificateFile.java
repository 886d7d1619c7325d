// SPDX-License-Identifier: Apache-2.0
package dev.chancery.certificates;

import dev.chancery.core.Authority;
import dev.chancery.core.Bytes;
import dev.chancery.core.FormatName;
import dev.chancery.core.MalformedException;
import dev.chancery.key.CertificateChain;
import dev.chancery.key.PublicKey;
import dev.chancery.signeddata.Certificate;
import java.util.ArrayList;
import java.util.List;

/// An authority's public key file: which of its certificates are those of the authority's own keys, and which
/// are only there to lead from them to a certificate authority. See the package comment.
public final class CertificateFile {
    /// A key, and a certificate of it.
    public record Owned(PublicKey key, Certificate certificate) {}

    private CertificateFile() {}

    /// The authority's own certificates alone: what `openssl cms -verify -partial_chain -CAfile` is to trust.
    public static Bytes forStock(FormatName format, Authority authority, Bytes file) {
        return new CertificateChain(read(format, authority, file).stream()
                        .map(owned -> owned.certificate().der())
                        .toList())
                .toPem();
    }

    /// What stands at the top: those that issued themselves, the authority's own or those above them.
    public static Bytes anchors(FormatName format, Authority authority, Bytes file) {
        read(format, authority, file);
        var anchors = CertificateChain.parse(file).certificates().stream()
                .filter(der -> Certificate.read(der).isSelfIssued())
                .distinct()
                .toList();
        return new CertificateChain(anchors).toPem();
    }

    /// The authority's own keys with their certificates, in the order of the file. One key may have several.
    public static List<Owned> read(FormatName format, Authority authority, Bytes file) {
        try {
            var certificates = CertificateChain.parse(file).certificates().stream()
                    .map(Certificate::read)
                    .toList();
            return owned(certificates);
        } catch (MalformedException e) {
            throw new MalformedException(
                    "%s public key file of %s is not right: %s".formatted(format, authority, e.sentence()), e);
        }
    }

    private static List<Owned> owned(List<Certificate> certificates) {
        var owned = new ArrayList<Owned>();
        for (int i = 0; i < certificates.size(); i++) {
            var certificate = certificates.get(i);
            if (!certificate.isOfAuthority()) {
                requireNoIssuer(i + 1, certificate, certificates);
                owned.add(owned(i + 1, certificate));
            } else if (i == 0) {
                requireAlone(certificate, certificates.size());
                owned.add(owned(1, certificate));
            } else if (!certificate.subject().equals(certificates.get(i - 1).issuer())) {
                throw fault(i + 1, "is of a certificate authority that did not issue the one before it");
            }
        }
        return owned;
    }

    /// `openssl req -x509` says of each certificate that it is of an authority. Where it stands alone and
    /// nobody else issued it, it is a signer's own; before others it is a bundle in the wrong order, and would
    /// be trusted.
    private static void requireAlone(Certificate first, int all) {
        if (all > 1 || !first.isSelfIssued()) {
            throw fault(1, "is of a certificate authority; the signer's own comes first");
        }
    }

    /// Old roots, of version 1, do not say what they are; trusted as signers they would be all the same.
    private static void requireNoIssuer(int number, Certificate certificate, List<Certificate> all) {
        for (var other : all) {
            if (!other.isSelfIssued() && other.issuer().equals(certificate.subject())) {
                throw fault(number, "issued another one of the file and does not say that it may");
            }
        }
    }

    private static Owned owned(int number, Certificate certificate) {
        certificate.strangeExtension().ifPresent(oid -> {
            throw fault(number, "has critical extension %s, which is not known here".formatted(oid));
        });
        if (!certificate.maySign()) {
            throw fault(number, "does not permit digital signatures");
        }
        try {
            return new Owned(certificate.publicKey(), certificate);
        } catch (MalformedException e) {
            throw fault(number, "has another key: " + e.sentence());
        }
    }

    private static MalformedException fault(int number, String fault) {
        return new MalformedException("certificate %d %s".formatted(number, fault));
    }
}
