// SPDX-License-Identifier: Apache-2.0
package dev.chancery.interop;

import java.util.Random;

/// Seeded texts of pieces that have a meaning in OpenPGP's text forms.
final class Texts {
    private static final String[] PIECES = {
        "a",
        "word",
        "-",
        "- ",
        "--",
        " ",
        "  ",
        "\t",
        "\n",
        "\n",
        "\r\n",
        "\n\n",
        "From me",
        "é",
        "=",
        "\n-----BEGIN PGP SIGNATURE-----\n"
    };

    private final Random random;

    Texts(long seed) {
        this.random = new Random(seed);
    }

    /// A text of at least one line that is not blank.
    String next() {
        var text = new StringBuilder("first");
        for (int pieces = random.nextInt(14); pieces > 0; pieces--) {
            text.append(PIECES[random.nextInt(PIECES.length)]);
        }
        return text.toString();
    }
}
