// SPDX-License-Identifier: Apache-2.0
package dev.chancery.libcrypto;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.chancery.core.DigestAlgorithm;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Libraries that are wrong in one thing each; none of them may ever be used.
class SelfTestTest {
    private Faulty functions = new Faulty(new NoFunctions());

    @BeforeEach
    void link() {
        var linked = LinkedHashFunctions.link("libcrypto.so.3");
        assumeTrue(linked.isPresent(), "skipped: this machine has no libcrypto.so.3");
        functions = new Faulty(linked.orElseThrow());
    }

    @Test
    void aRightLibraryPasses() {
        assertTrue(LibcryptoHashes.tried(functions, Optional::empty).isPresent());
    }

    @Test
    void aLibraryWithALargerStructFails() {
        functions.afterInit = c -> c.set(ValueLayout.JAVA_BYTE, Math.min(c.byteSize() - 1, 300), (byte) 1);
        assertFalse(LibcryptoHashes.tried(functions, Optional::empty).isPresent());
    }

    @Test
    void aLibraryWithFieldsElsewhereFails() {
        functions.shift = Long.BYTES;
        assertFalse(LibcryptoHashes.tried(functions, Optional::empty).isPresent());
    }

    @Test
    void aLibraryWithAnotherDigestLengthFails() {
        functions.afterInit = c -> c.set(ValueLayout.JAVA_INT, 212, 28);
        assertFalse(LibcryptoHashes.tried(functions, Optional::empty).isPresent());
    }

    @Test
    void aLibraryWithAWrongInitialValueFails() {
        functions.afterInit = c -> c.set(ValueLayout.JAVA_INT, 0, 42);
        assertFalse(LibcryptoHashes.tried(functions, Optional::empty).isPresent());
    }

    @Test
    void aLibraryWithAWildCountFails() {
        functions.afterUpdate = c -> c.set(ValueLayout.JAVA_INT, 208, -5);
        assertFalse(LibcryptoHashes.tried(functions, Optional::empty).isPresent());
    }

    @Test
    void aLibraryThatFailsFails() {
        functions.answer = 0;
        assertFalse(LibcryptoHashes.tried(functions, Optional::empty).isPresent());
    }

    private interface Tampering {
        void with(MemorySegment c);
    }

    /// The real library behind one fault. Shifted fields are shown by moving the struct's content after each call.
    private static final class Faulty implements LibcryptoHashFunctions {
        private final LibcryptoHashFunctions real;
        private Tampering afterInit = c -> {};
        private Tampering afterUpdate = c -> {};
        private long shift;
        private int answer = 1;

        Faulty(LibcryptoHashFunctions real) {
            this.real = real;
        }

        private MemorySegment own(MemorySegment c) {
            var own = MemorySegment.ofArray(new long[40]);
            own.copyFrom(c.asSlice(shift, Math.min(c.byteSize() - shift, 216)));
            return own;
        }

        private void back(MemorySegment own, MemorySegment c) {
            c.asSlice(shift).copyFrom(own.asSlice(0, Math.min(c.byteSize() - shift, 216)));
        }

        @Override
        public int init(DigestAlgorithm algorithm, MemorySegment c) {
            var own = own(c);
            real.init(algorithm, own);
            back(own, c);
            if (algorithm != DigestAlgorithm.SHA256) {
                afterInit.with(c);
            }
            return answer;
        }

        @Override
        public int update(DigestAlgorithm algorithm, MemorySegment c, MemorySegment data) {
            var own = own(c);
            if (isSane(algorithm, own)) {
                real.update(algorithm, own, data);
            }
            back(own, c);
            if (algorithm != DigestAlgorithm.SHA256) {
                afterUpdate.with(c);
            }
            return answer;
        }

        @Override
        public int finish(DigestAlgorithm algorithm, MemorySegment md, MemorySegment c) {
            var own = own(c);
            if (isSane(algorithm, own)) {
                real.finish(algorithm, md, own);
            }
            return answer;
        }

        /// The real functions trust `num`, and the tests want to live on.
        private static boolean isSane(DigestAlgorithm algorithm, MemorySegment own) {
            int num = own.get(ValueLayout.JAVA_INT, algorithm == DigestAlgorithm.SHA256 ? 104 : 208);
            return num >= 0 && num < algorithm.blockBytes();
        }
    }

    private static final class NoFunctions implements LibcryptoHashFunctions {
        @Override
        public int init(DigestAlgorithm algorithm, MemorySegment c) {
            return 0;
        }

        @Override
        public int update(DigestAlgorithm algorithm, MemorySegment c, MemorySegment data) {
            return 0;
        }

        @Override
        public int finish(DigestAlgorithm algorithm, MemorySegment md, MemorySegment c) {
            return 0;
        }
    }
}
