// SPDX-License-Identifier: Apache-2.0
package dev.chancery.keys.pkcs11;

import java.util.Arrays;
import java.util.Locale;

/// The values of `CK_RV` (PKCS #11 v3.0, section 5.1) that mean something to us.
enum ReturnValue {
    CKR_OK(0x0),
    CKR_SLOT_ID_INVALID(0x3, Meaning.LOST),
    CKR_GENERAL_ERROR(0x5, Meaning.LOST),
    CKR_FUNCTION_FAILED(0x6, Meaning.LOST),
    CKR_ATTRIBUTE_READ_ONLY(0x10, Meaning.TEMPLATE),
    CKR_ATTRIBUTE_SENSITIVE(0x11),
    CKR_ATTRIBUTE_TYPE_INVALID(0x12, Meaning.TEMPLATE),
    CKR_ATTRIBUTE_VALUE_INVALID(0x13, Meaning.TEMPLATE),
    CKR_DATA_LEN_RANGE(0x21),
    CKR_DEVICE_ERROR(0x30, Meaning.LOST),
    CKR_DEVICE_MEMORY(0x31, Meaning.FULL),
    CKR_DEVICE_REMOVED(0x32, Meaning.LOST),
    CKR_KEY_HANDLE_INVALID(0x60, Meaning.LOST),
    CKR_MECHANISM_INVALID(0x70),
    CKR_MECHANISM_PARAM_INVALID(0x71),
    CKR_OBJECT_HANDLE_INVALID(0x82, Meaning.LOST),
    CKR_PIN_INCORRECT(0xa0),
    CKR_PIN_INVALID(0xa1),
    CKR_PIN_LEN_RANGE(0xa2),
    CKR_PIN_EXPIRED(0xa3),
    CKR_PIN_LOCKED(0xa4),
    CKR_SESSION_CLOSED(0xb0, Meaning.LOST),
    CKR_SESSION_COUNT(0xb1),
    CKR_SESSION_HANDLE_INVALID(0xb3, Meaning.LOST),
    CKR_TEMPLATE_INCOMPLETE(0xd0),
    CKR_TEMPLATE_INCONSISTENT(0xd1, Meaning.TEMPLATE),
    CKR_TOKEN_NOT_PRESENT(0xe0, Meaning.LOST),
    CKR_TOKEN_NOT_RECOGNIZED(0xe1, Meaning.LOST),
    CKR_TOKEN_WRITE_PROTECTED(0xe2),
    CKR_USER_ALREADY_LOGGED_IN(0x100),
    CKR_USER_NOT_LOGGED_IN(0x101, Meaning.LOST),
    CKR_USER_PIN_NOT_INITIALIZED(0x102),
    CKR_DOMAIN_PARAMS_INVALID(0x130, Meaning.TEMPLATE),
    CKR_CURVE_NOT_SUPPORTED(0x140, Meaning.TEMPLATE),
    CKR_BUFFER_TOO_SMALL(0x150),
    CKR_CRYPTOKI_NOT_INITIALIZED(0x190, Meaning.LOST),
    CKR_CRYPTOKI_ALREADY_INITIALIZED(0x191),
    /// Whatever has no name here.
    OTHER(-1);

    /// What can be done about it.
    private enum Meaning {
        PLAIN,
        /// The session, the login or the token may be gone: worth finding the token again.
        LOST,
        FULL,
        /// The token does not take an attribute or the way in which a curve was named.
        TEMPLATE
    }

    private final long number;
    private final Meaning meaning;

    ReturnValue(long number) {
        this(number, Meaning.PLAIN);
    }

    ReturnValue(long number, Meaning meaning) {
        this.number = number;
        this.meaning = meaning;
    }

    static ReturnValue of(long number) {
        return Arrays.stream(values())
                .filter(value -> value != OTHER && value.number == number)
                .findFirst()
                .orElse(OTHER);
    }

    /// `CKR_DEVICE_REMOVED`, or the number where it has no name here.
    static String name(long number) {
        var value = of(number);
        return value == OTHER ? String.format(Locale.ROOT, "CKR 0x%x", number) : value.name();
    }

    boolean saysLost() {
        return meaning == Meaning.LOST;
    }

    boolean saysFull() {
        return meaning == Meaning.FULL;
    }

    boolean saysTemplate() {
        return meaning == Meaning.TEMPLATE;
    }
}
