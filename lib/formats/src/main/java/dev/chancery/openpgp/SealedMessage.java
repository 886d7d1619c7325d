// SPDX-License-Identifier: Apache-2.0
package dev.chancery.openpgp;

import dev.chancery.core.Bytes;
import dev.chancery.core.MalformedException;
import dev.chancery.core.RefusedException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Arrays;
import java.util.Date;
import org.bouncycastle.bcpg.HashAlgorithmTags;
import org.bouncycastle.bcpg.SymmetricKeyAlgorithmTags;
import org.bouncycastle.openpgp.PGPEncryptedDataGenerator;
import org.bouncycastle.openpgp.PGPEncryptedDataList;
import org.bouncycastle.openpgp.PGPException;
import org.bouncycastle.openpgp.PGPLiteralData;
import org.bouncycastle.openpgp.PGPLiteralDataGenerator;
import org.bouncycastle.openpgp.PGPPBEEncryptedData;
import org.bouncycastle.openpgp.bc.BcPGPObjectFactory;
import org.bouncycastle.openpgp.operator.bc.BcPBEDataDecryptorFactory;
import org.bouncycastle.openpgp.operator.bc.BcPBEKeyEncryptionMethodGenerator;
import org.bouncycastle.openpgp.operator.bc.BcPGPDataEncryptorBuilder;
import org.bouncycastle.openpgp.operator.bc.BcPGPDigestCalculatorProvider;

/// A text under a passphrase, as `gpg --symmetric` writes it and `gpg --decrypt` opens it (RFC 9580, sections
/// 5.3 and 5.13.1): AES-256 with integrity protection of version 1, which is what GnuPG 2.2 reads.
public final class SealedMessage {
    /// Bytes of content: a certificate.
    public static final int CONTENT_BYTES_MAX = 1 << 20;

    /// What a guess at a passphrase costs.
    public enum Stretching {
        /// Section 3.7.1.3: 16,777,216 octets are hashed, about what GnuPG does of its own accord.
        CHOSEN(0xe0),
        /// For one with 256 bits of randomness, which no guessing finds: 65,536 octets.
        GENERATED(0x60);

        private final int coded;

        Stretching(int coded) {
            this.coded = coded;
        }
    }

    private static final int BUFFER_BYTES = 1 << 12;

    private SealedMessage() {}

    /// What messages of now are made with.
    public record Making(Stretching stretching, Instant now, SecureRandom random) {}

    /// Armor is left out: the file is for a safe, not for a mail. The passphrase is in UTF-8.
    public static Bytes seal(Bytes content, byte[] passphrase, Making making) {
        char[] characters = characters(passphrase);
        var sealed = new ByteArrayOutputStream();
        try {
            var digest = new BcPGPDigestCalculatorProvider().get(HashAlgorithmTags.SHA256);
            var generator =
                    new PGPEncryptedDataGenerator(new BcPGPDataEncryptorBuilder(SymmetricKeyAlgorithmTags.AES_256)
                            .setWithIntegrityPacket(true)
                            .setSecureRandom(making.random()));
            generator.addMethod(new BcPBEKeyEncryptionMethodGenerator(characters, digest, making.stretching().coded)
                    .setSecureRandom(making.random()));
            try (var encrypted = generator.open(sealed, new byte[BUFFER_BYTES]);
                    var literal = new PGPLiteralDataGenerator()
                            .open(
                                    encrypted,
                                    PGPLiteralData.BINARY,
                                    PGPLiteralData.CONSOLE,
                                    content.length(),
                                    Date.from(making.now()))) {
                literal.write(content.toArray());
            }
            return Bytes.of(sealed.toByteArray());
        } catch (IOException | PGPException e) {
            throw new IllegalStateException("sealing happens in memory", e);
        } finally {
            Arrays.fill(characters, '\0');
        }
    }

    /// Throws `RefusedException` (rule `escrow-passphrase`) when the passphrase is not that of the message or
    /// the message was changed, which nobody can tell apart, and `MalformedException` for what is not such a
    /// message.
    public static Bytes open(Bytes message, byte[] passphrase) {
        var encrypted = encrypted(message);
        char[] characters = characters(passphrase);
        try {
            byte[] content = content(encrypted, characters);
            if (content.length <= CONTENT_BYTES_MAX) {
                return Bytes.of(content);
            }
        } catch (IOException | PGPException | RuntimeException e) {
            throw new RefusedException(
                    "escrow-passphrase", "the passphrase does not open the sealed file, or the file was changed");
        } finally {
            Arrays.fill(characters, '\0');
        }
        throw new MalformedException("sealed file holds more than %d bytes".formatted(CONTENT_BYTES_MAX));
    }

    private static PGPPBEEncryptedData encrypted(Bytes message) {
        try {
            if (new BcPGPObjectFactory(message.toArray()).nextObject() instanceof PGPEncryptedDataList list
                    && list.get(0) instanceof PGPPBEEncryptedData encrypted
                    && encrypted.isIntegrityProtected()) {
                return encrypted;
            }
        } catch (IOException | RuntimeException e) {
            throw new MalformedException("sealed file is not well formed: " + e.getMessage(), e);
        }
        throw new MalformedException("sealed file is not a message under a passphrase");
    }

    private static byte[] content(PGPPBEEncryptedData encrypted, char[] passphrase) throws IOException, PGPException {
        try (var clear = encrypted.getDataStream(
                new BcPBEDataDecryptorFactory(passphrase, new BcPGPDigestCalculatorProvider()))) {
            var packets = new ByteArrayInputStream(clear.readNBytes(2 * CONTENT_BYTES_MAX));
            if (!encrypted.verify()
                    || !(new BcPGPObjectFactory(packets).nextObject() instanceof PGPLiteralData literal)) {
                throw new PGPException("the message was changed, or holds no text");
            }
            return literal.getInputStream().readNBytes(CONTENT_BYTES_MAX + 1);
        }
    }

    private static char[] characters(byte[] passphrase) {
        CharBuffer decoded = StandardCharsets.UTF_8.decode(ByteBuffer.wrap(passphrase));
        char[] characters = new char[decoded.remaining()];
        decoded.get(characters);
        Arrays.fill(decoded.array(), '\0');
        return characters;
    }
}
