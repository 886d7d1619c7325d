// SPDX-License-Identifier: Apache-2.0
package dev.chancery.keys.file;

import dev.chancery.keys.handle.KeyMaker;
import dev.chancery.keys.handle.KeyProviderContract;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

class FileKeysContractTest extends KeyProviderContract {
    @Override
    protected KeyMaker started() {
        return Sample.keys(directory);
    }

    @Override
    protected KeyMaker startedWithWrongSecret() {
        String other = Sample.GENERATED.replace("AAA", "AAB");
        return new FileKeys(new KeyDirectory(directory), Sample.passphrase(other), new QuickStartLibrary());
    }

    @Override
    protected String wrongSecretRule() {
        return "key-passphrase";
    }

    @Override
    protected void unplug() throws IOException {
        Files.move(directory, away());
    }

    @Override
    protected void plugIn() throws IOException {
        Files.move(away(), directory);
    }

    private Path away() {
        return directory.resolveSibling("away");
    }
}
