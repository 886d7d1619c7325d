// SPDX-License-Identifier: Apache-2.0
package dev.chancery.libcrypto;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import dev.chancery.core.DigestAlgorithm;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/// The functions of a `libcrypto` that the dynamic loader found: with [LinkedBlake2b] the only native calls here.
final class LinkedHashFunctions implements LibcryptoHashFunctions {
    private record Symbols(MemorySegment init, MemorySegment update, MemorySegment finish) {}

    private final Map<DigestAlgorithm, Symbols> symbols;
    private final MethodHandle oneArgument;
    private final MethodHandle threeArguments;
    private final MethodHandle twoArguments;

    @SuppressWarnings("restricted")
    private LinkedHashFunctions(Map<DigestAlgorithm, Symbols> symbols) {
        this.symbols = symbols;
        var linker = Linker.nativeLinker();
        var critical = Linker.Option.critical(true);
        this.oneArgument = linker.downcallHandle(FunctionDescriptor.of(JAVA_INT, ADDRESS), critical);
        this.threeArguments =
                linker.downcallHandle(FunctionDescriptor.of(JAVA_INT, ADDRESS, ADDRESS, JAVA_LONG), critical);
        this.twoArguments = linker.downcallHandle(FunctionDescriptor.of(JAVA_INT, ADDRESS, ADDRESS), critical);
    }

    /// Empty when there is no such library, when it lacks a function, or when this JVM may not call native code.
    @SuppressWarnings("restricted")
    static Optional<LibcryptoHashFunctions> link(String soname) {
        if (ADDRESS.byteSize() != Long.BYTES) {
            return Optional.empty();
        }
        try {
            var library = SymbolLookup.libraryLookup(soname, Arena.global());
            var symbols = new EnumMap<DigestAlgorithm, Symbols>(DigestAlgorithm.class);
            for (var algorithm : DigestAlgorithm.values()) {
                if (algorithm.isResumable()) {
                    symbols.put(algorithm, symbols(library, "SHA" + algorithm.digestBytes() * Byte.SIZE));
                }
            }
            return Optional.of(new LinkedHashFunctions(symbols));
        } catch (IllegalArgumentException
                | java.util.NoSuchElementException
                | IllegalCallerException
                | UnsupportedOperationException absent) {
            return Optional.empty();
        }
    }

    private static Symbols symbols(SymbolLookup library, String name) {
        return new Symbols(
                library.findOrThrow(name + "_Init"),
                library.findOrThrow(name + "_Update"),
                library.findOrThrow(name + "_Final"));
    }

    private Symbols of(DigestAlgorithm algorithm) {
        return java.util.Objects.requireNonNull(symbols.get(algorithm));
    }

    @Override
    public int init(DigestAlgorithm algorithm, MemorySegment c) {
        try {
            return (int) oneArgument.invokeExact(of(algorithm).init(), c);
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    @Override
    public int update(DigestAlgorithm algorithm, MemorySegment c, MemorySegment data) {
        try {
            return (int) threeArguments.invokeExact(of(algorithm).update(), c, data, data.byteSize());
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    @Override
    public int finish(DigestAlgorithm algorithm, MemorySegment md, MemorySegment c) {
        try {
            return (int) twoArguments.invokeExact(of(algorithm).finish(), md, c);
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    /// A C function throws nothing; what arrives here is a fault of this class or of the JVM.
    static RuntimeException unexpected(Throwable e) {
        return switch (e) {
            case RuntimeException fault -> fault;
            case Error fault -> throw fault;
            default -> new IllegalStateException(e);
        };
    }
}
