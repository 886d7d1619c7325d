// SPDX-License-Identifier: Apache-2.0
package dev.chancery.cli.command;

import java.io.IOException;
import java.io.InputStream;
import java.util.Properties;
import picocli.CommandLine.IVersionProvider;

/// What `--version` prints. The version stands in the jar since the build.
public final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() throws IOException {
        return new String[] {"chancery " + text()};
    }

    public static String text() throws IOException {
        return property("version", "of unknown version");
    }

    /// The day of the sources that were built, not of the build, which can be repeated: `2026-11-21`.
    public static String date() throws IOException {
        return property("time", "1970-01-01").substring(0, "2026-11-21".length());
    }

    private static String property(String name, String unknown) throws IOException {
        var properties = new Properties();
        try (InputStream file = Version.class.getResourceAsStream("version.properties")) {
            if (file != null) {
                properties.load(file);
            }
        }
        return properties.getProperty(name, unknown);
    }
}
