// SPDX-License-Identifier: Apache-2.0
package dev.chancery.keys.file;

import dev.chancery.core.ChanceryException;
import dev.chancery.key.KeyAlgorithm;
import dev.chancery.keys.handle.SampleKeys;
import java.nio.file.Path;

/// A process of its own that makes keys in a directory and prints the id of each one once it is stored.
final class KeyWriter {
    static final String JAVA =
            Path.of(System.getProperty("java.home"), "bin", "java").toString();

    private KeyWriter() {}

    /// Surefire hides the class path in the manifest of a jar and tells it in a property of its own.
    static String classPath() {
        return System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    }

    /// Arguments: the directory, how many keys, their algorithm.
    public static void main(String[] arguments) {
        var keys = Sample.keys(Path.of(arguments[0]));
        var wanted = SampleKeys.newKey(KeyAlgorithm.parse(arguments[2]));
        try {
            for (int i = 0; i < Integer.parseInt(arguments[1]); i++) {
                System.out.println(keys.create(wanted, SampleKeys.RANDOM).key().id());
            }
        } catch (ChanceryException e) {
            System.out.println(e.sentence());
            System.exit(1);
        }
    }
}
