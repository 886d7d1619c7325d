// SPDX-License-Identifier: Apache-2.0
package dev.chancery.keys.file;

import java.math.BigInteger;
import org.bouncycastle.crypto.params.ECDomainParameters;
import org.bouncycastle.math.ec.FixedPointCombMultiplier;
import org.bouncycastle.math.ec.custom.sec.SecP256R1Curve;
import org.bouncycastle.util.encoders.Hex;

/// NIST P-256 (SP 800-186, section 3.2.1.3) in Bouncy Castle's fast arithmetic, without its table of all curves,
/// which a cold start would pay for.
final class P256 {
    static final ECDomainParameters DOMAIN = domain();

    private P256() {}

    private static ECDomainParameters domain() {
        var curve = new SecP256R1Curve();
        var generator =
                curve.decodePoint(Hex.decode("046b17d1f2e12c4247f8bce6e563a440f277037d812deb33a0f4a13945d898c296"
                        + "4fe342e2fe1a7f9b8ee7eb4a7c0f9e162bce33576b315ececbb6406837bf51f5"));
        return new ECDomainParameters(curve, generator, curve.getOrder(), curve.getCofactor());
    }

    /// The public point of a private number, uncompressed.
    static byte[] publicPoint(BigInteger d) {
        return new FixedPointCombMultiplier()
                .multiply(DOMAIN.getG(), d)
                .normalize()
                .getEncoded(false);
    }
}
