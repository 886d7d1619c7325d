// SPDX-License-Identifier: Apache-2.0
package dev.chancery.cli.worker;

import dev.chancery.json.Json;
import dev.chancery.json.JsonFields;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/// How long what took.
final class Stages {
    private final Map<String, Long> nanos = new LinkedHashMap<>();

    <T> T time(String stage, Supplier<T> work) {
        long begin = System.nanoTime();
        try {
            return work.get();
        } finally {
            nanos.merge(stage, System.nanoTime() - begin, Long::sum);
        }
    }

    void time(String stage, Runnable work) {
        time(stage, () -> {
            work.run();
            return true;
        });
    }

    Json toJson() {
        var fields = new JsonFields();
        nanos.forEach((stage, value) -> fields.put(stage, TimeUnit.NANOSECONDS.toMillis(value)));
        return fields.toJson();
    }
}
