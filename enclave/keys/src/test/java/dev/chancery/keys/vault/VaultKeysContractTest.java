// SPDX-License-Identifier: Apache-2.0
package dev.chancery.keys.vault;

import dev.chancery.keys.handle.KeyMaker;
import dev.chancery.keys.handle.KeyProviderContract;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

class VaultKeysContractTest extends KeyProviderContract {
    private static @Nullable VaultServer server;
    private static String token = "";

    private final List<VaultKeys> running = new ArrayList<>();

    @BeforeAll
    static void start(@TempDir Path folder) {
        server = VaultServer.startedIn(folder);
        token = server.newToken("1h");
    }

    @AfterAll
    static void stopServer() {
        if (server != null) {
            server.close();
        }
    }

    private static VaultServer server() {
        return Objects.requireNonNull(server);
    }

    @AfterEach
    void stop() {
        running.forEach(VaultKeys::close);
        running.clear();
    }

    private KeyMaker started(String withToken) {
        stop();
        var keys = server().keys(directory, withToken);
        running.add(keys);
        return keys;
    }

    @Override
    protected KeyMaker started() {
        return started(token);
    }

    @Override
    protected KeyMaker startedWithWrongSecret() {
        return started("hvs.wrong");
    }

    @Override
    protected String wrongSecretRule() {
        return "vault-login";
    }

    @Override
    protected void unplug() {
        server().kill();
    }

    @Override
    protected void plugIn() throws IOException {
        server().restart();
    }
}
