// SPDX-License-Identifier: Apache-2.0
package dev.chancery.enclave.libraries;

import com.amazon.corretto.crypto.provider.AmazonCorrettoCryptoProvider;
import com.amazon.corretto.crypto.provider.SelfTestStatus;
import java.security.Provider;
import java.util.Optional;

/// Amazon's Corretto Crypto Provider, where its native part loads on this machine and passes its own tests.
///
/// A class of its own, because the JVM loads what a class mentions when it verifies that class, and checking
/// the signatures of the provider's jar takes a tenth of a second.
public final class NativeProvider {
    private NativeProvider() {}

    public static Optional<Provider> find() {
        var provider = AmazonCorrettoCryptoProvider.INSTANCE;
        boolean usable =
                provider.getLoadingError() == null && provider.runSelfTests().equals(SelfTestStatus.PASSED);
        return usable ? Optional.of(provider) : Optional.empty();
    }
}
