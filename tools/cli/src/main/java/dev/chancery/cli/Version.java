// SPDX-License-Identifier: Apache-2.0
package dev.chancery.cli;

import java.io.IOException;
import java.io.InputStream;
import java.util.Properties;
import picocli.CommandLine.IVersionProvider;

/// What `--version` prints. The version stands in the jar since the build.
final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() throws IOException {
        return new String[] {"chancery " + text()};
    }

    static String text() throws IOException {
        var properties = new Properties();
        try (InputStream file = Version.class.getResourceAsStream("version.properties")) {
            if (file != null) {
                properties.load(file);
            }
        }
        return properties.getProperty("version", "of unknown version");
    }
}
