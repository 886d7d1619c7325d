// SPDX-License-Identifier: Apache-2.0
package dev.chancery.enclave.process;

import dev.chancery.core.ChanceryException;
import dev.chancery.core.MalformedException;
import dev.chancery.core.RefusedException;
import dev.chancery.core.UnavailableException;
import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;

/// The enclave's entry.
public final class Main {
    private static final int USAGE = 2;
    private static final int MALFORMED = 3;
    private static final int REFUSED = 4;
    private static final int UNAVAILABLE = 5;
    /// Bytes of records that are gathered into one write.
    private static final int RECORDS_BUFFER_BYTES = 64 * 1024;

    private Main() {}

    /// Ends by a signal only, once it has begun to answer.
    public static void main(String[] arguments) throws InterruptedException {
        var messages = new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8);
        if (arguments.length != 1 || arguments[0].startsWith("-")) {
            messages.println("usage: chancery enclave FILE");
            System.exit(USAGE);
        }
        try {
            prepare(Path.of(arguments[0]).toAbsolutePath()).open(messages);
        } catch (ChanceryException e) {
            messages.println("chancery: " + e.sentence());
            System.exit(status(e));
        }
        new CountDownLatch(1).await();
    }

    private static Enclave prepare(Path file) {
        var configuration = EnclaveConfiguration.parse(
                Enclave.read("configuration", file),
                Optional.ofNullable(file.getParent()).orElse(file));
        var records = new BufferedOutputStream(new FileOutputStream(FileDescriptor.out), RECORDS_BUFFER_BYTES);
        var credentials =
                Optional.ofNullable(System.getenv("CREDENTIALS_DIRECTORY")).map(Path::of);
        return Enclave.prepare(configuration, new Enclave.Surroundings(records, Clock.systemUTC(), credentials));
    }

    private static int status(ChanceryException error) {
        return switch (error) {
            case MalformedException malformed -> MALFORMED;
            case RefusedException refused -> REFUSED;
            case UnavailableException unavailable -> UNAVAILABLE;
        };
    }
}
