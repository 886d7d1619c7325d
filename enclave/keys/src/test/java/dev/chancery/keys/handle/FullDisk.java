// SPDX-License-Identifier: Apache-2.0
package dev.chancery.keys.handle;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;

/// While something is done no file of this process can grow: `prlimit(1)`, whose error the kernel gives
/// where a disk is full as well. Surefire's own messages go by a pipe.
final class FullDisk {
    private FullDisk() {}

    static void during(Runnable work) throws IOException, InterruptedException {
        limit("0");
        try {
            work.run();
        } finally {
            limit("unlimited");
        }
    }

    private static void limit(String bytes) throws IOException, InterruptedException {
        var command = new ProcessBuilder(
                "prlimit", "--pid", String.valueOf(ProcessHandle.current().pid()), "--fsize=" + bytes + ":");
        assertEquals(0, command.inheritIO().start().waitFor());
    }
}
