// SPDX-License-Identifier: Apache-2.0
package dev.chancery.openpgp6;

import dev.chancery.core.Bytes;
import dev.chancery.core.DigestAlgorithm;
import dev.chancery.core.Encoding;
import dev.chancery.core.Signature;
import dev.chancery.format.FormatDescription;
import dev.chancery.format.KeyPublication;
import dev.chancery.format.SignatureTerms;
import dev.chancery.format.SigningFormat;
import dev.chancery.hashing.Hashes;
import dev.chancery.hashing.Measure;
import dev.chancery.hashing.Measured;
import dev.chancery.hashing.Salt;
import dev.chancery.key.Scheme;
import dev.chancery.key.SigningKey;
import dev.chancery.packet.Armor;
import dev.chancery.packet.Octets;
import dev.chancery.packet.PacketNumbers;
import java.nio.charset.StandardCharsets;
import java.util.Set;

/// Makes data signatures, and no others.
public final class OpenPgp6Signing implements SigningFormat {
    private final Hashes hashes;

    public OpenPgp6Signing(Hashes hashes) {
        this.hashes = hashes;
    }

    @Override
    public FormatDescription description() {
        return OpenPgp6Format.DESCRIPTION;
    }

    @Override
    public int saltBytes() {
        return OpenPgp6Format.SALT_OCTETS;
    }

    /// The digest is for the record: from a salted state nobody can tell that of the content.
    @Override
    public Set<Measure> measures(Scheme scheme, Encoding encoding, Salt salt) {
        return Set.of(OpenPgp6Format.measure(encoding, salt), Measure.digest(DigestAlgorithm.SHA512));
    }

    /// The signature of a `cleartext` request is the armored block that goes under the text: see
    /// [dev.chancery.packet.CleartextDocument].
    @Override
    public Signature sign(Measured content, SignatureTerms terms, SigningKey key) {
        var measure = OpenPgp6Format.measure(terms.encoding(), content.salt());
        content.digest(measure.algorithm());
        var salted = new SignatureMaking.Salted(
                measure.salt(), content.state(measure.algorithm(), measure.form(), measure.salt()));
        int type = PacketNumbers.signatureType(terms.encoding());
        var saying = new SignatureMaking.Saying(type, terms.now(), Bytes.of(new byte[0]));
        byte[] body = new SignatureMaking(hashes, key).sign(salted, saying);
        var packet =
                Bytes.of(new Octets().packet(PacketNumbers.TAG_SIGNATURE, body).toArray());
        var written = switch (terms.encoding()) {
            case BINARY -> packet;
            case ARMOR, CLEARTEXT -> armored(Armor.Kind.SIGNATURE, packet);
        };
        return new Signature(description().name(), terms.encoding(), written);
    }

    private static Bytes armored(Armor.Kind kind, Bytes packets) {
        return Bytes.of(Armor.writeWithoutChecksum(kind, packets).getBytes(StandardCharsets.US_ASCII));
    }

    @Override
    public Bytes publish(KeyPublication publication) {
        var certifier = publication.certifier().orElseThrow();
        var making = new CertificateMaking(hashes, certifier.key(), publication.now(), certifier.random());
        return armored(Armor.Kind.PUBLIC_KEY, making.make(publication.userId(), publication.key()));
    }
}
