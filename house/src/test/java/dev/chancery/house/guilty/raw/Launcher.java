// SPDX-License-Identifier: Apache-2.0
package dev.chancery.house.guilty.raw;

import java.io.IOException;

/// A format that runs programs.
final class Launcher {

    private Launcher() {}

    static Process builder() throws IOException {
        return new ProcessBuilder("true").start();
    }

    static Process runtime() throws IOException {
        return Runtime.getRuntime().exec(new String[] {"true"});
    }

    static int innocent() {
        return Runtime.getRuntime().availableProcessors();
    }
}
