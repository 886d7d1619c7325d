// SPDX-License-Identifier: Apache-2.0
/// Which library does what in a process that signs: hashing, signature checks, private-key operations.
///
/// For a few signatures nothing native is started that costs more than it saves. For many, and in an enclave,
/// which lives long, Amazon's Corretto Crypto Provider does the work where its native part loads on this
/// machine and passes its own tests. Large content is hashed by OpenSSL's libcrypto where that is there. The
/// choices are measured: docs/performance.md.
@NullMarked
package dev.chancery.enclave.libraries;

import org.jspecify.annotations.NullMarked;
