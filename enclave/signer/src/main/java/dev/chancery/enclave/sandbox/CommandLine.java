// SPDX-License-Identifier: Apache-2.0
package dev.chancery.enclave.sandbox;

import dev.chancery.core.UnavailableException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// The arguments that this process was started with (`/proc/pid/cmdline`, `proc(5)`), byte for byte.
///
/// @param arguments without their null bytes; the first is the program's name
record CommandLine(List<byte[]> arguments) {
    /// Bytes of all arguments: more than any of ours, and less than Linux's `MAX_ARG_STRLEN`.
    static final int BYTES_MAX = 128 * 1024;

    static CommandLine ofThisProcess() {
        try (var input = Files.newInputStream(Path.of("/proc/self/cmdline"))) {
            return parse(input.readNBytes(BYTES_MAX + 1));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Each argument ends with a null byte, the last too. Anything else was overwritten by somebody, and is
    /// *unavailable*: nothing is started again from it.
    static CommandLine parse(byte[] bytes) {
        if (bytes.length == 0 || bytes.length > BYTES_MAX || bytes[bytes.length - 1] != 0) {
            throw new UnavailableException(
                    "/proc/self/cmdline has %d bytes or no end, so the JVM cannot be started again"
                            .formatted(bytes.length));
        }
        var arguments = new ArrayList<byte[]>();
        int start = 0;
        for (int i = 0; i < bytes.length; i++) {
            if (bytes[i] == 0) {
                arguments.add(java.util.Arrays.copyOfRange(bytes, start, i));
                start = i + 1;
            }
        }
        if (arguments.getFirst().length == 0) {
            throw new UnavailableException("/proc/self/cmdline names no program, so the JVM cannot be started again");
        }
        return new CommandLine(List.copyOf(arguments));
    }

    /// The files that options name and the JVM reads before `main`.
    List<Path> filesOfOptions() {
        var files = new ArrayList<Path>();
        for (byte[] argument : arguments) {
            String text = new String(argument, StandardCharsets.UTF_8);
            for (String option : List.of("-XX:AOTCache=", "-XX:SharedArchiveFile=")) {
                if (text.startsWith(option)) {
                    files.add(Path.of(text.substring(option.length())));
                }
            }
        }
        return files;
    }
}
