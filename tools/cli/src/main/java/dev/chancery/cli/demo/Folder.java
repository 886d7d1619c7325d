// SPDX-License-Identifier: Apache-2.0
package dev.chancery.cli.demo;

/// The four cases, each in a folder of its own with the same file names.
enum Folder {
    GOOD("good", true),
    BAD_FILE("bad-file", false),
    BAD_SIGNATURE("bad-signature", false),
    WRONG_KEY("wrong-key", false);

    private final String text;
    private final boolean acceptable;

    Folder(String text, boolean acceptable) {
        this.text = text;
        this.acceptable = acceptable;
    }

    /// Whether a verifier has to accept what is in it.
    boolean isAcceptable() {
        return acceptable;
    }

    @Override
    public String toString() {
        return text;
    }
}
