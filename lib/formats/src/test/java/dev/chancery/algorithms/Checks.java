// SPDX-License-Identifier: Apache-2.0
package dev.chancery.algorithms;

import com.amazon.corretto.crypto.provider.AmazonCorrettoCryptoProvider;
import dev.chancery.key.SignatureCheck;
import java.util.List;
import org.junit.jupiter.api.Named;

/// Every implementation of the verifying half that runs here, by name. All must decide alike.
final class Checks {
    private Checks() {}

    /// Corretto's native part is built for Linux on x86-64: elsewhere it is not among them.
    static List<Named<SignatureCheck>> all() {
        var bouncyCastle = Named.<SignatureCheck>of("Bouncy Castle", new SignatureChecks());
        var corretto = AmazonCorrettoCryptoProvider.INSTANCE;
        return corretto.getLoadingError() == null
                ? List.of(bouncyCastle, Named.of("Amazon Corretto", new ProviderSignatureChecks(corretto)))
                : List.of(bouncyCastle);
    }
}
