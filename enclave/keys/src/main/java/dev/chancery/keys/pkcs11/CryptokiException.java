// SPDX-License-Identifier: Apache-2.0
package dev.chancery.keys.pkcs11;

/// A function of the module answered something else than `CKR_OK`. Stays inside this package: [Token] says
/// what it means in one of the three errors.
final class CryptokiException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final ReturnValue value;

    CryptokiException(String function, long number) {
        super(function + " answered " + ReturnValue.name(number));
        this.value = ReturnValue.of(number);
    }

    /// For what we see ourselves and the module would say so.
    CryptokiException(String what, ReturnValue value) {
        super(what + ": " + value);
        this.value = value;
    }

    ReturnValue value() {
        return value;
    }

    /// `C_Sign answered CKR_DEVICE_REMOVED`.
    String sentence() {
        return String.valueOf(getMessage());
    }
}
