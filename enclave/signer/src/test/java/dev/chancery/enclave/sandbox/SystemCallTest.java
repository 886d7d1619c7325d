// SPDX-License-Identifier: Apache-2.0
package dev.chancery.enclave.sandbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.chancery.core.UnavailableException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// The numbers against the kernel's own headers, where they are installed (`linux-libc-dev`).
class SystemCallTest {
    private static final Pattern NUMBER = Pattern.compile("#define (__NR\\w*)\\s+(\\d+)");
    private static final Pattern ALIAS = Pattern.compile("#define (__NR_\\w+) (__NR3264_\\w+)");

    @Test
    void numbersOfX8664AreThoseOfTheHeader() throws IOException {
        compare(Architecture.X86_64, Path.of("/usr/include/x86_64-linux-gnu/asm/unistd_64.h"));
    }

    @Test
    void numbersOfAarch64AreThoseOfTheGenericHeader() throws IOException {
        compare(Architecture.AARCH64, Path.of("/usr/include/asm-generic/unistd.h"));
    }

    private static void compare(Architecture architecture, Path header) throws IOException {
        assumeTrue(Files.exists(header), "needs the kernel's headers");
        var numbers = numbers(Files.readString(header));
        assertTrue(numbers.size() > 250, "the header was not understood");
        for (var call : SystemCall.values()) {
            var expected = numbers.get("__NR_" + call);
            assertEquals(expected != null, call.existsOn(architecture), call + " on " + architecture);
            if (expected != null) {
                assertEquals(expected, call.number(architecture), call + " on " + architecture);
            }
        }
    }

    private static Map<String, Integer> numbers(String header) {
        var numbers = new HashMap<String, Integer>();
        NUMBER.matcher(header).results().forEach(found -> numbers.put(found.group(1), Integer.valueOf(found.group(2))));
        ALIAS.matcher(header)
                .results()
                .filter(found -> numbers.containsKey(found.group(2)))
                .forEach(found -> {
                    numbers.put(found.group(1), java.util.Objects.requireNonNull(numbers.get(found.group(2))));
                });
        return numbers;
    }

    @Test
    void noNumberStandsTwiceOrAboveTheHighest() {
        for (var architecture : Architecture.values()) {
            var seen = new HashSet<Integer>();
            for (var call : SystemCall.values()) {
                if (call.existsOn(architecture)) {
                    assertTrue(seen.add(call.number(architecture)), call + " on " + architecture);
                    assertTrue(call.number(architecture) <= SystemCall.HIGHEST, call.toString());
                }
            }
        }
        assertFalse(SystemCall.OPEN.existsOn(Architecture.AARCH64));
    }

    @Test
    void otherMachinesAreUnavailable() {
        assertEquals(Architecture.X86_64, Architecture.of("Linux", "amd64"));
        assertEquals(Architecture.AARCH64, Architecture.of("Linux", "aarch64"));
        assertThrows(UnavailableException.class, () -> Architecture.of("Mac OS X", "aarch64"));
        assertThrows(UnavailableException.class, () -> Architecture.of("Linux", "riscv64"));
    }
}
