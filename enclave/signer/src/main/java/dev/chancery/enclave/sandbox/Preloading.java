// SPDX-License-Identifier: Apache-2.0
package dev.chancery.enclave.sandbox;

import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.security.Security;
import java.time.zone.ZoneRulesProvider;
import java.util.Calendar;
import java.util.TimeZone;
import javax.crypto.Cipher;
import javax.crypto.NoSuchPaddingException;

/// What the JDK opens once, when it is first used: opened before the seal, which would forbid it.
///
/// Found with `strace` on a sealed process at work: no call that it needs fails. Two that it does not need
/// do: the C library reads `/proc/sys/vm/overcommit_memory` when it gives memory back, and the names of users
/// and groups.
final class Preloading {
    /// A name that nothing has: who looks for it opens every jar of the class path.
    private static final String NOWHERE = "dev/chancery/enclave/sandbox/nowhere";

    private Preloading() {}

    static void everything() {
        jars();
        random();
        timeZones();
        sockets();
        logging();
        threads();
    }

    private static void jars() {
        if (ClassLoader.getSystemResource(NOWHERE) != null) {
            throw new IllegalStateException(NOWHERE + " exists");
        }
    }

    /// The sources of randomness, which stay open, and the files of `java.security`.
    private static void random() {
        try {
            new SecureRandom().nextInt();
            SecureRandom.getInstanceStrong();
            Cipher.getInstance("AES/GCM/NoPadding");
            for (var provider : Security.getProviders()) {
                provider.getServices();
            }
        } catch (NoSuchAlgorithmException | NoSuchPaddingException e) {
            throw new IllegalStateException("every JDK has AES and a strong random", e);
        }
    }

    private static void timeZones() {
        if (!ZoneRulesProvider.getAvailableZoneIds().contains("UTC")) {
            throw new IllegalStateException("every JDK knows UTC");
        }
        Calendar.getInstance().setTimeZone(TimeZone.getDefault());
    }

    /// The library of `SO_PEERCRED`, and the pair of sockets with which channels are closed.
    private static void sockets() {
        try {
            Class.forName("jdk.net.ExtendedSocketOptions");
            Class.forName("sun.nio.ch.SocketDispatcher");
        } catch (ClassNotFoundException notInThisRuntime) {
            // A runtime image without jdk.net has no such option.
        }
    }

    /// Bouncy Castle asks for a logger when it is first used, and that reads a file.
    private static void logging() {
        System.getLogger(Preloading.class.getName()).isLoggable(System.Logger.Level.DEBUG);
    }

    private static void threads() {
        try {
            Thread.ofVirtual().start(() -> {}).join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
