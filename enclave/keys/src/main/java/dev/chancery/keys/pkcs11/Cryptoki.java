// SPDX-License-Identifier: Apache-2.0
package dev.chancery.keys.pkcs11;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import dev.chancery.core.Quoted;
import dev.chancery.core.UnavailableException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;
import java.nio.file.Path;
import java.util.NoSuchElementException;

/// The functions of one Cryptoki module (PKCS #11 v3.0, chapter 5), one for one: with [Template] and
/// [TokenInfo] the only native calls of this package. Each throws [CryptokiException] for whatever is not
/// `CKR_OK`.
///
/// `CK_ULONG` is a C `long`: 8 bytes on 64-bit Linux, which is all that this knows. What comes back is
/// copied after its length was compared with that of the memory that the module was given. A call holds on
/// to its platform thread for as long as the token takes.
///
/// Knows no locks: see [CryptokiModule] for which calls exclude which.
final class Cryptoki {
    /// Bytes of the longest attribute that is read: a modulus of 8192 bits has 1,024.
    private static final int ATTRIBUTE_BYTES_MAX = 2048;
    /// Bytes of the longest signature: of RSA with 8192 bits.
    private static final int SIGNATURE_BYTES_MAX = 1024;
    /// Slots of one module: network HSMs have some dozens of partitions.
    private static final int SLOTS_MAX = 1024;
    /// `CK_FUNCTION_LIST` (section 3.6): a `CK_VERSION` padded to a pointer, then the functions in their
    /// order.
    private static final long FUNCTION_LIST_BYTES = 69 * Long.BYTES;

    private final MethodHandle initialize;
    private final MethodHandle finish;
    private final MethodHandle getSlotList;
    private final MethodHandle getTokenInfo;
    private final MethodHandle openSession;
    private final MethodHandle closeSession;
    private final MethodHandle closeAllSessions;
    private final MethodHandle login;
    private final MethodHandle destroyObject;
    private final MethodHandle getAttributeValue;
    private final MethodHandle findObjectsInit;
    private final MethodHandle findObjects;
    private final MethodHandle findObjectsFinal;
    private final MethodHandle signInit;
    private final MethodHandle sign;
    private final MethodHandle generateKeyPair;

    private Cryptoki(MemorySegment functions) {
        this.initialize = linked(functions, 0, ADDRESS);
        this.finish = linked(functions, 1, ADDRESS);
        this.getSlotList = linked(functions, 4, JAVA_BYTE, ADDRESS, ADDRESS);
        this.getTokenInfo = linked(functions, 6, JAVA_LONG, ADDRESS);
        this.openSession = linked(functions, 12, JAVA_LONG, JAVA_LONG, ADDRESS, ADDRESS, ADDRESS);
        this.closeSession = linked(functions, 13, JAVA_LONG);
        this.closeAllSessions = linked(functions, 14, JAVA_LONG);
        this.login = linked(functions, 18, JAVA_LONG, JAVA_LONG, ADDRESS, JAVA_LONG);
        this.destroyObject = linked(functions, 22, JAVA_LONG, JAVA_LONG);
        this.getAttributeValue = linked(functions, 24, JAVA_LONG, JAVA_LONG, ADDRESS, JAVA_LONG);
        this.findObjectsInit = linked(functions, 26, JAVA_LONG, ADDRESS, JAVA_LONG);
        this.findObjects = linked(functions, 27, JAVA_LONG, ADDRESS, JAVA_LONG, ADDRESS);
        this.findObjectsFinal = linked(functions, 28, JAVA_LONG);
        this.signInit = linked(functions, 42, JAVA_LONG, ADDRESS, JAVA_LONG);
        this.sign = linked(functions, 43, JAVA_LONG, ADDRESS, JAVA_LONG, ADDRESS, ADDRESS);
        this.generateKeyPair =
                linked(functions, 59, JAVA_LONG, ADDRESS, ADDRESS, JAVA_LONG, ADDRESS, JAVA_LONG, ADDRESS, ADDRESS);
    }

    @SuppressWarnings("restricted")
    private static MethodHandle linked(MemorySegment functions, int number, MemoryLayout... arguments) {
        var function = functions.get(ADDRESS, Long.BYTES * (1L + number));
        return Linker.nativeLinker().downcallHandle(function, FunctionDescriptor.of(JAVA_LONG, arguments));
    }

    /// Loads a module and asks it for its functions: C_GetFunctionList (section 5.4), the one symbol that
    /// every module has to export. The library stays loaded for the life of the process.
    ///
    /// Throws `UnavailableException` when there is no such library, when it is no module, or when this JVM
    /// or this machine cannot call it.
    @SuppressWarnings("restricted")
    static Cryptoki load(Path library) {
        String shown = "PKCS #11 module " + Quoted.text(library.toString());
        if (!JAVA_LONG.equals(Linker.nativeLinker().canonicalLayouts().get("long"))) {
            throw new UnavailableException(shown + " has a CK_ULONG that is not 8 bytes long, which nobody tested");
        }
        try (var memory = Arena.ofConfined()) {
            var get = Linker.nativeLinker()
                    .downcallHandle(
                            SymbolLookup.libraryLookup(library, Arena.global()).findOrThrow("C_GetFunctionList"),
                            FunctionDescriptor.of(JAVA_LONG, ADDRESS));
            var list = memory.allocate(ADDRESS);
            call("C_GetFunctionList", () -> (long) get.invokeExact(list));
            return new Cryptoki(list.get(ADDRESS, 0).reinterpret(FUNCTION_LIST_BYTES));
        } catch (IllegalArgumentException
                | NoSuchElementException
                | IllegalCallerException
                | UnsupportedOperationException
                | CryptokiException e) {
            throw new UnavailableException(shown + " cannot be loaded: " + e.getMessage(), e);
        }
    }

    private interface Call {
        long invoke() throws Throwable;
    }

    private static void call(String function, Call call) {
        long value;
        try {
            value = call.invoke();
        } catch (RuntimeException | Error fault) {
            throw fault;
        } catch (Throwable e) {
            // A C function throws nothing; what arrives here is a fault of this class or of the JVM.
            throw new IllegalStateException(function, e);
        }
        if (value != 0) {
            throw new CryptokiException(function, value);
        }
    }

    /// C_Initialize, section 5.4. With `CKF_OS_LOCKING_OK` and no functions for mutexes: several of our
    /// threads will call, and the module is to use the locks of the operating system.
    void initialize() {
        try (var memory = Arena.ofConfined()) {
            var arguments = memory.allocate(6 * Long.BYTES, Long.BYTES);
            arguments.set(JAVA_LONG, 4 * Long.BYTES, Ck.CKF_OS_LOCKING_OK);
            call("C_Initialize", () -> (long) initialize.invokeExact(arguments));
        }
    }

    /// C_Finalize, section 5.4: no other thread may be in a call, none at all.
    void finish() {
        call("C_Finalize", () -> (long) finish.invokeExact(MemorySegment.NULL));
    }

    /// C_GetSlotList, section 5.5: the slots with a token in them. The first call, without a list, is what
    /// makes a module look again at what is plugged in.
    long[] getSlotList() {
        try (var memory = Arena.ofConfined()) {
            var count = memory.allocate(JAVA_LONG);
            call("C_GetSlotList", () -> (long) getSlotList.invokeExact((byte) 1, MemorySegment.NULL, count));
            var slots = memory.allocate(JAVA_LONG, SLOTS_MAX);
            count.set(JAVA_LONG, 0, SLOTS_MAX);
            call("C_GetSlotList", () -> (long) getSlotList.invokeExact((byte) 1, slots, count));
            return longs("C_GetSlotList", slots, count);
        }
    }

    /// C_GetTokenInfo, section 5.5.
    TokenInfo getTokenInfo(long slot) {
        try (var memory = Arena.ofConfined()) {
            var info = memory.allocate(TokenInfo.BYTES, Long.BYTES);
            call("C_GetTokenInfo", () -> (long) getTokenInfo.invokeExact(slot, info));
            return TokenInfo.of(info);
        }
    }

    /// C_OpenSession, section 5.6.
    long openSession(long slot, boolean writable) {
        try (var memory = Arena.ofConfined()) {
            var session = memory.allocate(JAVA_LONG);
            long flags = Ck.CKF_SERIAL_SESSION | (writable ? Ck.CKF_RW_SESSION : 0);
            call("C_OpenSession", () ->
                    (long) openSession.invokeExact(slot, flags, MemorySegment.NULL, MemorySegment.NULL, session));
            return session.get(JAVA_LONG, 0);
        }
    }

    /// C_CloseSession, section 5.6.
    void closeSession(long session) {
        call("C_CloseSession", () -> (long) closeSession.invokeExact(session));
    }

    /// C_CloseAllSessions, section 5.6: those of this application with the token in the slot; logs out.
    void closeAllSessions(long slot) {
        call("C_CloseAllSessions", () -> (long) closeAllSessions.invokeExact(slot));
    }

    /// C_Login, section 5.6, as the normal user. The copy of the PIN that the module reads is overwritten.
    void login(long session, byte[] pin) {
        try (var memory = Arena.ofConfined()) {
            var copy = memory.allocateFrom(JAVA_BYTE, pin);
            try {
                call("C_Login", () -> (long) login.invokeExact(session, Ck.CKU_USER, copy, copy.byteSize()));
            } finally {
                copy.fill((byte) 0);
            }
        }
    }

    /// C_DestroyObject, section 5.7.
    void destroyObject(long session, long object) {
        call("C_DestroyObject", () -> (long) destroyObject.invokeExact(session, object));
    }

    /// C_GetAttributeValue, section 5.7, of one attribute.
    byte[] getAttributeValue(long session, long object, long type) {
        try (var memory = Arena.ofConfined()) {
            var value = memory.allocate(ATTRIBUTE_BYTES_MAX);
            var attribute = memory.allocate(Template.ATTRIBUTE_BYTES, Long.BYTES);
            attribute.set(JAVA_LONG, 0, type);
            attribute.set(ADDRESS, Long.BYTES, value);
            attribute.set(JAVA_LONG, 2 * Long.BYTES, ATTRIBUTE_BYTES_MAX);
            call("C_GetAttributeValue", () -> (long) getAttributeValue.invokeExact(session, object, attribute, 1L));
            return bytes("C_GetAttributeValue", value, attribute.get(JAVA_LONG, 2 * Long.BYTES));
        }
    }

    /// C_FindObjectsInit, C_FindObjects and C_FindObjectsFinal, section 5.7: at most `most` objects, which
    /// is taken for all that there are by who asks for one more than it wants.
    long[] findObjects(long session, Template wanted, int most) {
        try (var memory = Arena.ofConfined()) {
            var template = wanted.allocate(memory);
            long count = wanted.count();
            call("C_FindObjectsInit", () -> (long) findObjectsInit.invokeExact(session, template, count));
            var objects = memory.allocate(JAVA_LONG, most);
            var found = memory.allocate(JAVA_LONG);
            try {
                call("C_FindObjects", () -> (long) findObjects.invokeExact(session, objects, (long) most, found));
            } finally {
                call("C_FindObjectsFinal", () -> (long) findObjectsFinal.invokeExact(session));
            }
            return longs("C_FindObjects", objects, found);
        }
    }

    /// C_SignInit and C_Sign, section 5.13, by a mechanism without parameters.
    byte[] sign(long session, long mechanism, long key, byte[] data) {
        try (var memory = Arena.ofConfined()) {
            var chosen = mechanism(memory, mechanism);
            call("C_SignInit", () -> (long) signInit.invokeExact(session, chosen, key));
            // One byte more, because there has to be memory behind a pointer also where there is nothing to sign.
            var given = memory.allocate(data.length + 1L);
            MemorySegment.copy(data, 0, given, JAVA_BYTE, 0, data.length);
            var signature = memory.allocate(SIGNATURE_BYTES_MAX);
            var length = memory.allocate(JAVA_LONG);
            length.set(JAVA_LONG, 0, SIGNATURE_BYTES_MAX);
            call("C_Sign", () -> (long) sign.invokeExact(session, given, (long) data.length, signature, length));
            return bytes("C_Sign", signature, length.get(JAVA_LONG, 0));
        }
    }

    /// Handles of the two halves of a new key.
    record KeyPair(long publicKey, long privateKey) {}

    /// C_GenerateKeyPair, section 5.18, by a mechanism without parameters.
    KeyPair generateKeyPair(long session, long mechanism, Template publicKey, Template privateKey) {
        try (var memory = Arena.ofConfined()) {
            var chosen = mechanism(memory, mechanism);
            var ours = publicKey.allocate(memory);
            var secret = privateKey.allocate(memory);
            long ourCount = publicKey.count();
            long secretCount = privateKey.count();
            var first = memory.allocate(JAVA_LONG);
            var second = memory.allocate(JAVA_LONG);
            call("C_GenerateKeyPair", () -> (long)
                    generateKeyPair.invokeExact(session, chosen, ours, ourCount, secret, secretCount, first, second));
            return new KeyPair(first.get(JAVA_LONG, 0), second.get(JAVA_LONG, 0));
        }
    }

    /// `CK_MECHANISM`: `mechanism`, `pParameter`, `ulParameterLen` (section 3.5).
    private static MemorySegment mechanism(Arena memory, long mechanism) {
        var struct = memory.allocate(3 * Long.BYTES, Long.BYTES);
        struct.set(JAVA_LONG, 0, mechanism);
        return struct;
    }

    private static byte[] bytes(String function, MemorySegment memory, long length) {
        requireLength(function, length, memory.byteSize());
        return memory.asSlice(0, length).toArray(JAVA_BYTE);
    }

    private static long[] longs(String function, MemorySegment memory, MemorySegment count) {
        long length = count.get(JAVA_LONG, 0);
        requireLength(function, length, memory.byteSize() / Long.BYTES);
        return memory.asSlice(0, length * Long.BYTES).toArray(JAVA_LONG);
    }

    /// A module that says that it wrote more than it was given is not to be believed in anything.
    private static void requireLength(String function, long length, long max) {
        if (length < 0 || length > max) {
            throw new UnavailableException(
                    "%s answered with a length of %d, not 0 to %d".formatted(function, length, max));
        }
    }
}
