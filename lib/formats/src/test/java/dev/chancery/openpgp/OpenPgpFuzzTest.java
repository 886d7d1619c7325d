// SPDX-License-Identifier: Apache-2.0
package dev.chancery.openpgp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.chancery.core.Bytes;
import dev.chancery.core.MalformedException;
import dev.chancery.format.FormatKeyring;
import dev.chancery.format.Verdict;
import dev.chancery.hashing.Measured;
import dev.chancery.packet.Armor;
import dev.chancery.packet.CleartextDocument;
import dev.chancery.packet.PacketReader;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/// Whatever the bytes: a value or malformed, within bounds that the readers hold themselves.
class OpenPgpFuzzTest {
    private static final Measured CONTENT =
            Sample.measured(resource("content.txt").toArray());
    private static final Bytes CERTIFICATE = resource("D189B0BE5544D70ADAD5BA8A5652DECAAE031DC6.asc");
    private static final FormatKeyring KEYRING = Sample.VERIFYING.keyring(Map.of(Sample.QA, CERTIFICATE));
    private static final List<Bytes> SIGNATURES =
            List.of(resource("ed25519-SHA256.sig"), resource("nistp256-SHA512.sig"), resource("rsa3072-SHA256.sig"));

    private static Bytes resource(String name) {
        var file = Vectors.files("gpg").filter(path -> path.endsWith(name)).findFirst();
        return Vectors.bytes(file.orElseThrow());
    }

    @FuzzTest(maxDuration = "20s")
    void signatureFile(byte[] file) {
        orMalformed(file, bytes -> check(KEYRING, bytes));
    }

    @FuzzTest(maxDuration = "20s")
    void certificateFile(byte[] file) {
        orMalformed(file, bytes -> {
            var keyring = Sample.VERIFYING.keyring(Map.of(Sample.QA, bytes));
            SIGNATURES.forEach(signature -> check(keyring, signature));
            OpenPgpKeyFiles.binary(bytes);
        });
    }

    private static void check(FormatKeyring keyring, Bytes file) {
        for (var claim : keyring.read(file)) {
            switch (claim.check(CONTENT, Sample.NOW)) {
                case Verdict.Good good -> assertEquals(Sample.QA, good.authority());
                case Verdict.Bad bad -> assertFalse(bad.sentence().isEmpty());
            }
        }
    }

    @FuzzTest(maxDuration = "20s")
    void armor(byte[] file) {
        orMalformed(file, bytes -> {
            for (var kind : Armor.Kind.values()) {
                orMalformed(file, same -> Armor.read(kind, same).forEach(PacketReader::read));
            }
        });
    }

    @FuzzTest(maxDuration = "20s")
    void cleartextDocument(byte[] file) {
        orMalformed(file, bytes -> {
            var document = CleartextDocument.read(bytes);
            check(KEYRING, document.signature());
        });
    }

    private static void orMalformed(byte[] file, Consumer<Bytes> read) {
        try {
            read.accept(Bytes.of(file));
        } catch (MalformedException e) {
            assertFalse(e.sentence().isEmpty());
        }
    }
}
