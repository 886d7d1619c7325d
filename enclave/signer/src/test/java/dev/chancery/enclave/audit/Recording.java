// SPDX-License-Identifier: Apache-2.0
package dev.chancery.enclave.audit;

import java.nio.file.Path;

/// A process that records without end, and says so after each record: the number of the artifact.
final class Recording {
    private Recording() {}

    public static void main(String[] arguments) {
        var log = new AuditFile(Path.of(arguments[0]));
        for (int i = 0; i < 100_000; i++) {
            String artifact = arguments[1] + "-" + i;
            log.record(Lines.NOW, Lines.granted(artifact));
            System.out.println(artifact);
        }
    }
}
