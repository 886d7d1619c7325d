// SPDX-License-Identifier: Apache-2.0
package dev.chancery.timestamp;

import dev.chancery.core.Bytes;
import dev.chancery.core.MalformedException;
import dev.chancery.signeddata.Attributes;
import dev.chancery.signeddata.Certificate;
import dev.chancery.signeddata.SignedData;
import dev.chancery.signeddata.SignerInfo;
import java.util.List;

/// What a timestamp service signed (RFC 3161, section 2.4.2), taken apart. It is a claim until
/// [TimestampServices#prove] has checked it.
public final class TimestampToken {
    /// Certificates in one token: the service's own and its issuers', with some to spare.
    static final int CERTIFICATES_MAX = 10;

    /// Rule of the refusal of a token that is not what it should be.
    static final String RULE = "timestamp-token";

    /// Begins the sentence of every fault.
    static final String SUBJECT = "timestamp token";

    private final Bytes der;
    private final Bytes content;
    private final TstInfo info;
    private final SignerInfo signer;
    private final Attributes attributes;
    private final List<Certificate> certificates;

    private TimestampToken(Bytes der, SignedData data) {
        this.der = der;
        this.content = content(data);
        this.info = TstInfo.read(content);
        this.signer = SignerInfo.read(SUBJECT, data.signers().getFirst());
        this.attributes = Attributes.readSigned(
                SUBJECT, signer.signed().orElseThrow(() -> malformed("has no signed attributes")));
        this.certificates = data.certificates().stream().map(Certificate::read).toList();
    }

    /// Reads a `TimeStampToken` in DER.
    public static TimestampToken read(Bytes der) {
        if (der.length() > TimestampResponse.BYTES_MAX) {
            throw malformed("has %d bytes, more than %d".formatted(der.length(), TimestampResponse.BYTES_MAX));
        }
        var data = SignedData.read(SUBJECT, der);
        if (data.signers().size() != 1) {
            throw malformed("has %d signers, not one".formatted(data.signers().size()));
        }
        if (data.certificates().size() > CERTIFICATES_MAX) {
            throw malformed("has %d certificates, more than %d"
                    .formatted(data.certificates().size(), CERTIFICATES_MAX));
        }
        return new TimestampToken(der, data);
    }

    private static Bytes content(SignedData data) {
        String type = data.content().type();
        if (!type.equals(TstInfo.CONTENT_TYPE)) {
            throw malformed("has content of type %s, not a timestamp's".formatted(type));
        }
        return data.content().octets().orElseThrow(() -> malformed("has no content in it"));
    }

    /// As it was read.
    public Bytes der() {
        return der;
    }

    /// `TSTInfo` in DER: what the signed attributes have the digest of.
    Bytes content() {
        return content;
    }

    TstInfo info() {
        return info;
    }

    SignerInfo signer() {
        return signer;
    }

    /// The signed ones.
    Attributes attributes() {
        return attributes;
    }

    /// Those that came with it; anybody's.
    List<Certificate> certificates() {
        return certificates;
    }

    private static MalformedException malformed(String fault) {
        return new MalformedException(SUBJECT + " " + fault);
    }
}
