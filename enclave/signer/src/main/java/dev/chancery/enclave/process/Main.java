// SPDX-License-Identifier: Apache-2.0
package dev.chancery.enclave.process;

import dev.chancery.core.ChanceryException;
import dev.chancery.core.MalformedException;
import dev.chancery.core.RefusedException;
import dev.chancery.core.UnavailableException;
import dev.chancery.enclave.doors.DoorPlan;
import dev.chancery.enclave.sandbox.Confinement;
import dev.chancery.enclave.sandbox.Sandbox;
import dev.chancery.enclave.sandbox.Sealing;
import dev.chancery.enclave.sandbox.SelfCheck;
import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;

/// The enclave's entry. It runs twice: the first time only to be confined, see `dev.chancery.enclave.sandbox`.
public final class Main {
    private static final int SELF_CHECK_FAILED = 1;
    private static final int USAGE = 2;
    private static final int MALFORMED = 3;
    private static final int REFUSED = 4;
    private static final int UNAVAILABLE = 5;
    /// Bytes of records that are gathered into one write.
    private static final int RECORDS_BUFFER_BYTES = 64 * 1024;

    private static final String SELF_CHECK = "--self-check";

    private final PrintStream messages;

    private Main(PrintStream messages) {
        this.messages = messages;
    }

    /// Ends by a signal only, once it has begun to answer.
    public static void main(String[] arguments) throws InterruptedException {
        var messages = new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8);
        boolean check = arguments.length == 2 && arguments[0].equals(SELF_CHECK);
        if ((arguments.length != 1 && !check) || arguments[arguments.length - 1].startsWith("-")) {
            messages.println("usage: chancery enclave [--self-check] FILE");
            System.exit(USAGE);
        }
        try {
            new Main(messages).run(Path.of(arguments[arguments.length - 1]).toAbsolutePath(), check);
        } catch (ChanceryException e) {
            messages.println("chancery: " + e.sentence());
            System.exit(status(e));
        }
        new CountDownLatch(1).await();
    }

    private void run(Path file, boolean check) {
        var configuration = EnclaveConfiguration.parse(
                Enclave.read("configuration", file),
                Optional.ofNullable(file.getParent()).orElse(file));
        var credentials =
                Optional.ofNullable(System.getenv("CREDENTIALS_DIRECTORY")).map(Path::of);
        var confinement = confinement(file, configuration, credentials);
        var sandbox = Sandbox.confine(confinement);
        var records = new BufferedOutputStream(new FileOutputStream(FileDescriptor.out), RECORDS_BUFFER_BYTES);
        var enclave = Enclave.prepare(configuration, new Enclave.Surroundings(records, Clock.systemUTC(), credentials));
        var checking = check
                ? Optional.of(SelfCheck.prepare(confinement.write().getFirst(), confinement.exemption()))
                : Optional.<SelfCheck>empty();
        var sealing = configuration.sealing();
        var report = sandbox.seal(new Sealing(sealing.filter(), sealing.mayBeMissing()));
        messages.println(report);
        enclave.confined(report);
        if (checking.isPresent()) {
            System.exit(selfCheck(checking.get()));
        }
        enclave.open(messages);
    }

    /// To standard output, which gets no records then: the doors stay closed.
    private static int selfCheck(SelfCheck check) {
        var out = new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
        var findings = check.run();
        out.println(findings);
        return findings.passed() ? 0 : SELF_CHECK_FAILED;
    }

    /// What the start needs, and nothing else: see the package comment for each.
    private static Confinement confinement(Path file, EnclaveConfiguration configuration, Optional<Path> credentials) {
        var read = new ArrayList<Path>(List.of(file, configuration.sources().rules()));
        credentials.ifPresent(read::add);
        configuration.sources().life().filter(Files::exists).ifPresent(read::add);
        for (var store : configuration.sources().keys()) {
            read.addAll(store.files());
        }
        var write = new ArrayList<Path>();
        configuration.doors().stream()
                .map(DoorPlan::socket)
                .map(Main::directory)
                .forEach(write::add);
        write.add(directory(configuration.audit().file()));
        // Native libraries that come in jars are unpacked there.
        write.add(Path.of(System.getProperty("java.io.tmpdir")));
        return new Confinement(
                read,
                write.stream().distinct().toList(),
                configuration.sealing().confinementMayLack(),
                configuration.exemption());
    }

    private static Path directory(Path file) {
        return Optional.ofNullable(file.getParent()).orElse(file);
    }

    private static int status(ChanceryException error) {
        return switch (error) {
            case MalformedException malformed -> MALFORMED;
            case RefusedException refused -> REFUSED;
            case UnavailableException unavailable -> UNAVAILABLE;
        };
    }
}
