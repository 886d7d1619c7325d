// SPDX-License-Identifier: Apache-2.0
package dev.chancery.timestamp;

import dev.chancery.core.Bytes;
import dev.chancery.core.Digest;
import dev.chancery.core.DigestAlgorithm;
import dev.chancery.core.RefusedException;
import dev.chancery.der.DerWriter;
import dev.chancery.key.SignatureValue;
import dev.chancery.signeddata.Algorithms;
import java.math.BigInteger;

/// What a timestamp service is asked (RFC 3161, section 2.4.1): the digest of a signature's value, and a
/// number that only an answer to this query has.
public record TimestampQuery(Digest imprint, BigInteger nonce) {
    /// The 64 bits of `nonce` are random; the sign does not travel.
    public static TimestampQuery of(SignatureValue value, long nonce) {
        return new TimestampQuery(
                Algorithms.hash(DigestAlgorithm.SHA256, value.bytes()), new BigInteger(Long.toUnsignedString(nonce)));
    }

    /// `TimeStampReq` in DER.
    public Bytes toDer() {
        byte[] digest = DerWriter.octetString(imprint.bytes());
        return Bytes.of(DerWriter.sequence(
                DerWriter.integer(TstInfo.VERSION),
                DerWriter.sequence(Algorithms.writeDigest(imprint.algorithm()), digest),
                DerWriter.integer(nonce),
                DerWriter.isTrue()));
    }

    /// Throws `RefusedException` (rule `timestamp-token`) when the token does not answer this query.
    public void requireAnsweredBy(TimestampToken token) {
        if (!token.info().imprint().equals(imprint)) {
            throw new RefusedException(
                    TimestampToken.RULE, "timestamp token is over another value than the one in the query");
        }
        if (!token.info().nonce().map(nonce::equals).orElse(false)) {
            throw new RefusedException(TimestampToken.RULE, "timestamp token does not have the nonce of the query");
        }
    }
}
