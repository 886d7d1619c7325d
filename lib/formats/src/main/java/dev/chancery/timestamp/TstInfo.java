// SPDX-License-Identifier: Apache-2.0
package dev.chancery.timestamp;

import dev.chancery.core.Bytes;
import dev.chancery.core.Digest;
import dev.chancery.der.DerReader;
import dev.chancery.signeddata.Algorithms;
import java.math.BigInteger;
import java.time.Instant;
import java.util.Optional;

/// `TSTInfo` (RFC 3161, section 2.4.2), what a token says: that something with this digest was there at
/// this time.
record TstInfo(Digest imprint, Instant time, Optional<BigInteger> nonce) {
    static final int VERSION = 1;

    /// `id-ct-TSTInfo`.
    static final String CONTENT_TYPE = "1.2.840.113549.1.9.16.1.4";

    private static final int TSA = 0xa0;
    private static final int EXTENSIONS = 0xa1;

    static TstInfo read(Bytes der) {
        var content = new DerReader(TimestampToken.SUBJECT, der);
        var info = content.within(DerReader.SEQUENCE);
        content.end();
        int version = info.smallInteger();
        if (version != VERSION) {
            throw info.malformed("has version %d, not %d".formatted(version, VERSION));
        }
        info.oid(); // policy
        var imprint = imprint(info.within(DerReader.SEQUENCE));
        info.integer(); // serialNumber
        var time = info.generalizedTime();
        if (info.nextIs(DerReader.SEQUENCE)) {
            info.element(DerReader.SEQUENCE); // accuracy
        }
        if (info.nextIs(DerReader.BOOLEAN)) {
            info.bool(); // ordering
        }
        Optional<BigInteger> nonce = info.nextIs(DerReader.INTEGER) ? Optional.of(info.integer()) : Optional.empty();
        if (info.nextIs(TSA)) {
            info.element(TSA);
        }
        if (info.nextIs(EXTENSIONS)) {
            requireUncritical(info.within(EXTENSIONS));
        }
        info.end();
        return new TstInfo(imprint, time, nonce);
    }

    private static Digest imprint(DerReader imprint) {
        var identifier = Algorithms.Identifier.read(imprint);
        var algorithm = Algorithms.digest(identifier)
                .orElseThrow(
                        () -> imprint.malformed("has an imprint by digest algorithm %s, which is too weak or not known"
                                .formatted(identifier.oid())));
        var digest =
                new Digest(algorithm, imprint.content(DerReader.OCTET_STRING).toArray());
        imprint.end();
        return digest;
    }

    /// Extensions are those of RFC 5280, section 4.2: a critical one has to be understood, and none is here.
    private static void requireUncritical(DerReader extensions) {
        while (!extensions.isAtEnd()) {
            var extension = extensions.within(DerReader.SEQUENCE);
            String oid = extension.oid();
            if (extension.nextIs(DerReader.BOOLEAN) && extension.bool()) {
                throw extension.malformed("has critical extension %s, which is not known here".formatted(oid));
            }
        }
    }
}
