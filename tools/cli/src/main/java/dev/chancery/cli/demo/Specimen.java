// SPDX-License-Identifier: Apache-2.0
package dev.chancery.cli.demo;

import dev.chancery.core.Encoding;
import dev.chancery.core.FormatName;
import dev.chancery.key.KeyAlgorithm;
import java.util.List;

/// A signature that was made to be judged: whose, in which form, over which file of the folder, and its
/// file's name.
record Specimen(String authority, Form form, String artifact, String suffix) {
    /// What decides which tools can read a signature.
    record Form(FormatName format, Encoding encoding, KeyAlgorithm algorithm) {
        boolean is(String name) {
            return format.text().equals(name);
        }
    }

    /// The same signature by somebody else, whose key is of the same kind.
    Specimen impostor() {
        var authorities = authority.equals(DemoOffice.THIRD) || authority.equals(DemoOffice.FOURTH)
                ? List.of(DemoOffice.THIRD, DemoOffice.FOURTH)
                : DemoOffice.SIGNATORIES;
        String other = authorities.get(1 - authorities.indexOf(authority));
        return new Specimen(other, form, artifact, suffix);
    }

    /// The name of the signature's file: `F.qa.asc`.
    String file() {
        return artifact + "." + authority + suffix;
    }

    /// Whether text and signature are one document.
    boolean isDocument() {
        return form.encoding() == Encoding.CLEARTEXT;
    }
}
