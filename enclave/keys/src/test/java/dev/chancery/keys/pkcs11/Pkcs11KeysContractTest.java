// SPDX-License-Identifier: Apache-2.0
package dev.chancery.keys.pkcs11;

import dev.chancery.keys.handle.KeyMaker;
import dev.chancery.keys.handle.KeyProviderContract;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;

class Pkcs11KeysContractTest extends KeyProviderContract {
    private static SoftToken token = new SoftToken("", java.nio.file.Path.of(""));

    private final List<Pkcs11Keys> running = new ArrayList<>();

    @BeforeAll
    static void makeToken() {
        token = SoftToken.make("contract");
    }

    @AfterEach
    void stop() {
        running.forEach(Pkcs11Keys::close);
        running.clear();
    }

    @Override
    protected KeyMaker started() {
        return started(SoftToken.PIN);
    }

    private KeyMaker started(String pin) {
        stop();
        var keys = token.keys(directory, pin);
        running.add(keys);
        return keys;
    }

    @Override
    protected KeyMaker startedWithWrongSecret() {
        return started("wrong-pin");
    }

    @Override
    protected String wrongSecretRule() {
        return "key-pin";
    }

    @Override
    protected void unplug() throws IOException {
        token.unplug();
    }

    @Override
    protected void plugIn() throws IOException {
        token.plugIn();
    }
}
