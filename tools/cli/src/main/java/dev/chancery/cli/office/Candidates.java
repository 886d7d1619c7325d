// SPDX-License-Identifier: Apache-2.0
package dev.chancery.cli.office;

import dev.chancery.core.Encoding;
import dev.chancery.enclave.libraries.Wiring;
import dev.chancery.files.StockKeys;
import dev.chancery.key.KeyAlgorithm;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;

/// Values that an option takes, for help, completion and man pages; asked for only there.
public final class Candidates {
    private Candidates() {}

    /// The names of all formats.
    public static final class FormatNames implements Iterable<String> {
        @Override
        public Iterator<String> iterator() {
            return Wiring.ofLibraries().formats().list().stream()
                    .map(format -> format.description().name().text())
                    .iterator();
        }
    }

    /// The encodings of any format.
    public static final class Encodings implements Iterable<String> {
        @Override
        public Iterator<String> iterator() {
            return Arrays.stream(Encoding.values()).map(Encoding::label).iterator();
        }
    }

    /// The algorithms of keys that the office makes.
    public static final class Algorithms implements Iterable<String> {
        @Override
        public Iterator<String> iterator() {
            return Arrays.stream(KeyAlgorithm.values()).map(KeyAlgorithm::label).iterator();
        }
    }

    /// The tools for which [StockKeys] writes public keys.
    public static final class Tools implements Iterable<String> {
        @Override
        public Iterator<String> iterator() {
            return StockKeys.TOOLS.iterator();
        }
    }

    /// The shells that [CompletionCommand] knows.
    public static final class Shells implements Iterable<String> {
        @Override
        public Iterator<String> iterator() {
            return List.of("bash", "zsh", "fish").iterator();
        }
    }
}
