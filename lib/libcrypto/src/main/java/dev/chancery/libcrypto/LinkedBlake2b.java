// SPDX-License-Identifier: Apache-2.0
package dev.chancery.libcrypto;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import dev.chancery.core.UnavailableException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;
import java.util.Optional;

/// The functions of a `libcrypto` that the dynamic loader found.
///
/// The EVP functions would read OpenSSL's configuration when they are first called, from a file that a variable of the
/// environment names, and load whatever libraries it asks for. So `OPENSSL_init_crypto(3ssl)` tells the
/// library first that there is none; BLAKE2b is in its default provider, which needs none.
final class LinkedBlake2b implements LibcryptoBlake2b {
    /// `OPENSSL_INIT_NO_LOAD_CONFIG`, and `OPENSSL_INIT_NO_ATEXIT`: other threads may still hash while the JVM ends.
    private static final long OPTIONS = 0x80L | 0x80000L;

    private final MethodHandle initCrypto;
    private final MethodHandle newContext;
    private final MethodHandle freeContext;
    private final MethodHandle blake2b512;
    private final MethodHandle init;
    private final MethodHandle update;
    private final MethodHandle finish;

    @SuppressWarnings("restricted")
    private LinkedBlake2b(SymbolLookup library) {
        var linker = Linker.nativeLinker();
        var critical = Linker.Option.critical(true);
        this.initCrypto = linker.downcallHandle(
                library.findOrThrow("OPENSSL_init_crypto"), FunctionDescriptor.of(JAVA_INT, JAVA_LONG, ADDRESS));
        this.newContext = linker.downcallHandle(library.findOrThrow("EVP_MD_CTX_new"), FunctionDescriptor.of(ADDRESS));
        this.freeContext =
                linker.downcallHandle(library.findOrThrow("EVP_MD_CTX_free"), FunctionDescriptor.ofVoid(ADDRESS));
        this.blake2b512 = linker.downcallHandle(library.findOrThrow("EVP_blake2b512"), FunctionDescriptor.of(ADDRESS));
        this.init = linker.downcallHandle(
                library.findOrThrow("EVP_DigestInit_ex"), FunctionDescriptor.of(JAVA_INT, ADDRESS, ADDRESS, ADDRESS));
        this.update = linker.downcallHandle(
                library.findOrThrow("EVP_DigestUpdate"),
                FunctionDescriptor.of(JAVA_INT, ADDRESS, ADDRESS, JAVA_LONG),
                critical);
        this.finish = linker.downcallHandle(
                library.findOrThrow("EVP_DigestFinal_ex"),
                FunctionDescriptor.of(JAVA_INT, ADDRESS, ADDRESS, ADDRESS),
                critical);
    }

    /// Empty when there is no such library, when it lacks a function, or when this JVM may not call native code.
    @SuppressWarnings("restricted")
    static Optional<LibcryptoBlake2b> link(String soname) {
        if (ADDRESS.byteSize() != Long.BYTES) {
            return Optional.empty();
        }
        try {
            return Optional.of(new LinkedBlake2b(SymbolLookup.libraryLookup(soname, Arena.global())));
        } catch (IllegalArgumentException
                | java.util.NoSuchElementException
                | IllegalCallerException
                | UnsupportedOperationException absent) {
            return Optional.empty();
        }
    }

    @Override
    @SuppressWarnings("restricted")
    public MemorySegment init() {
        try {
            requireSuccess("OPENSSL_init_crypto", (int) initCrypto.invokeExact(OPTIONS, MemorySegment.NULL));
            var fresh = (MemorySegment) newContext.invokeExact();
            requireSuccess("EVP_MD_CTX_new", fresh.address() == 0 ? 0 : 1);
            var context = fresh.reinterpret(Arena.ofAuto(), this::free);
            var type = (MemorySegment) blake2b512.invokeExact();
            requireSuccess("EVP_DigestInit_ex", (int) init.invokeExact(context, type, MemorySegment.NULL));
            return context;
        } catch (Throwable e) {
            throw LinkedHashFunctions.unexpected(e);
        }
    }

    private void free(MemorySegment context) {
        try {
            freeContext.invokeExact(context);
        } catch (Throwable e) {
            throw LinkedHashFunctions.unexpected(e);
        }
    }

    @Override
    public int update(MemorySegment ctx, MemorySegment d) {
        try {
            return (int) update.invokeExact(ctx, d, d.byteSize());
        } catch (Throwable e) {
            throw LinkedHashFunctions.unexpected(e);
        }
    }

    @Override
    public int finish(MemorySegment ctx, MemorySegment md) {
        try {
            return (int) finish.invokeExact(ctx, md, MemorySegment.NULL);
        } catch (Throwable e) {
            throw LinkedHashFunctions.unexpected(e);
        }
    }

    private static void requireSuccess(String function, int result) {
        if (result != 1) {
            throw new UnavailableException("libcrypto's %s answered %d".formatted(function, result));
        }
    }
}
