// SPDX-License-Identifier: Apache-2.0
package dev.chancery.enclave.sandbox;

import dev.chancery.core.UnavailableException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalLong;

/// `/proc/self/task/*/status` of all threads, opened before the seal, which forbids opening, and read after
/// it: the kernel writes the content anew for each read.
final class ThreadStatuses implements AutoCloseable {
    /// Bytes of one status: it has some 1,500.
    private static final int STATUS_BYTES_MAX = 16 * 1024;

    /// `strerror(ESRCH)`, in the language that [Entrance#LOCALE] sets.
    private static final String ESRCH = "No such process";

    private final Map<String, FileChannel> threads = new LinkedHashMap<>();
    private final Map<String, Long> filtersBefore = new LinkedHashMap<>();

    private ThreadStatuses() {}

    static ThreadStatuses open() {
        var statuses = new ThreadStatuses();
        try (var tasks = Files.list(Path.of("/proc/self/task"))) {
            for (var task : tasks.toList()) {
                statuses.open(task);
            }
            return statuses;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void open(Path task) throws IOException {
        String thread = task.getFileName().toString();
        try {
            threads.put(thread, FileChannel.open(task.resolve("status")));
            field(read(thread), "Seccomp_filters").ifPresent(count -> filtersBefore.put(thread, count));
        } catch (NoSuchFileException ended) {
            // A thread that ended since the directory was listed has nothing to seal.
        }
    }

    /// Each thread that still runs is filtered (`Seccomp: 2`), by one filter more than before, and gains no
    /// rights (`NoNewPrivs: 1`). Returns how many do; *unavailable* if one is not.
    int requireFiltered() {
        int filtered = 0;
        for (String thread : threads.keySet()) {
            String status = read(thread);
            if (status.isEmpty()) {
                continue;
            }
            var filters = field(status, "Seccomp_filters");
            // Linux before 5.9 does not count filters.
            boolean oneMore = filters.isEmpty() || filters.getAsLong() == filtersBefore.getOrDefault(thread, 0L) + 1;
            if (!is(status, "Seccomp", 2) || !is(status, "NoNewPrivs", 1) || !oneMore) {
                throw new UnavailableException("thread %s is not filtered as it must be".formatted(thread));
            }
            filtered++;
        }
        if (filtered == 0) {
            throw new UnavailableException("no thread could be asked whether it is filtered");
        }
        return filtered;
    }

    /// Empty for a thread that has ended.
    private String read(String thread) {
        var bytes = ByteBuffer.allocate(STATUS_BYTES_MAX);
        try {
            var channel = java.util.Objects.requireNonNull(threads.get(thread));
            while (channel.read(bytes, bytes.position()) > 0) {
                // A file of /proc may come in pieces.
            }
        } catch (IOException e) {
            if (String.valueOf(e.getMessage()).contains(ESRCH)) {
                return "";
            }
            throw new UncheckedIOException(e);
        }
        return StandardCharsets.UTF_8.decode(bytes.flip()).toString();
    }

    private static boolean is(String status, String name, long value) {
        var field = field(status, name);
        return field.isPresent() && field.getAsLong() == value;
    }

    /// A field that holds a number, perhaps with a unit.
    static OptionalLong field(String status, String name) {
        return status.lines()
                .filter(line -> line.startsWith(name + ":\t"))
                .mapToLong(line ->
                        Long.parseLong(line.substring(name.length() + 2).trim().split(" ", 2)[0]))
                .findFirst();
    }

    @Override
    public void close() {
        try {
            for (var channel : threads.values()) {
                channel.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
