// SPDX-License-Identifier: Apache-2.0
package dev.chancery.core;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/// How the bytes of a signature are written down. The suffix of the file is a setting of its own.
public enum Encoding {
    /// The format's own bytes: `.sig` for pacman, `openssl dgst -signature`.
    BINARY,
    /// Printable: OpenPGP's ASCII armor (RFC 9580, section 6), or the text that a format has anyway.
    ARMOR,
    /// The signed text and its signature in one file: OpenPGP's cleartext signature framework (RFC 9580,
    /// section 7).
    CLEARTEXT;

    public static Encoding parse(String label) {
        return Arrays.stream(values())
                .filter(encoding -> encoding.label().equals(label))
                .findFirst()
                .orElseThrow(() ->
                        MalformedException.value("encoding", label, "is not one of " + labels(List.of(values()))));
    }

    public String label() {
        return name().toLowerCase(java.util.Locale.ROOT);
    }

    public static String labels(java.util.Collection<Encoding> encodings) {
        return encodings.stream().sorted().map(Encoding::label).collect(Collectors.joining(", "));
    }
}
