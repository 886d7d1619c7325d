// SPDX-License-Identifier: Apache-2.0
package dev.chancery.cms;

import dev.chancery.core.Bytes;
import dev.chancery.core.MalformedException;
import dev.chancery.core.Signature;
import dev.chancery.signeddata.SignedData;
import java.nio.charset.StandardCharsets;

/// A signature file of this format: signed data without the data.
final class DetachedSignature {
    /// Bytes: what every format's file may have.
    static final int BYTES_MAX = Signature.BYTES_MAX;

    private DetachedSignature() {}

    static SignedData read(Bytes file) {
        if (file.length() > BYTES_MAX) {
            throw malformed("has %d bytes, more than %d".formatted(file.length(), BYTES_MAX));
        }
        requireBinary(file);
        var data = SignedData.read(CmsFormat.SUBJECT, file);
        if (!data.content().type().equals(SignedData.DATA)) {
            throw malformed("is over content of type %s, not plain data"
                    .formatted(data.content().type()));
        }
        if (data.content().octets().isPresent()) {
            throw malformed("has the content in it; only detached signatures are verified here");
        }
        if (data.signers().isEmpty()) {
            throw malformed("has no signer");
        }
        return data;
    }

    /// `openssl cms -sign` writes S/MIME unless told otherwise, so the sentence says what to do.
    private static void requireBinary(Bytes file) {
        String start = new String(file.toArray(), 0, Math.min(12, file.length()), StandardCharsets.ISO_8859_1);
        if (start.startsWith("-----BEGIN ") || start.startsWith("MIME-Version")) {
            throw malformed("is PEM or S/MIME; 'openssl cms -outform DER' writes what is read here");
        }
    }

    private static MalformedException malformed(String fault) {
        return new MalformedException(CmsFormat.SUBJECT + " " + fault);
    }
}
