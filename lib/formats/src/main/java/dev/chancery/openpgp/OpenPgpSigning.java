// SPDX-License-Identifier: Apache-2.0
package dev.chancery.openpgp;

import dev.chancery.core.Bytes;
import dev.chancery.core.Encoding;
import dev.chancery.core.Signature;
import dev.chancery.format.FormatDescription;
import dev.chancery.format.KeyPublication;
import dev.chancery.format.SignatureTerms;
import dev.chancery.format.SigningFormat;
import dev.chancery.hashing.ContentForm;
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
public final class OpenPgpSigning implements SigningFormat {
    private static final byte[] NOTHING_MORE = {};

    private final Hashes hashes;

    public OpenPgpSigning(Hashes hashes) {
        this.hashes = hashes;
    }

    @Override
    public FormatDescription description() {
        return OpenPgpFormat.DESCRIPTION;
    }

    @Override
    public Set<Measure> measures(Scheme scheme, Encoding encoding, Salt salt) {
        return Set.of(OpenPgpFormat.measure(encoding));
    }

    /// The signature of a `cleartext` request is the armored block that goes under the text: see
    /// [CleartextDocument].
    @Override
    public Signature sign(Measured content, SignatureTerms terms, SigningKey key) {
        Encoding encoding = terms.encoding();
        var measure = OpenPgpFormat.measure(encoding);
        var state = content.state(measure.algorithm(), measure.form());
        int type = PacketNumbers.signatureType(encoding);
        byte[] more = terms.dataDigest() && measure.form() == ContentForm.BYTES
                ? new Octets()
                        .subpacket(PacketNumbers.NOTATION, OpenPgpFormat.dataDigest(hashes.finish(state, new byte[0])))
                        .toArray()
                : NOTHING_MORE;
        byte[] body = new SignatureMaking(hashes, key).sign(state, type, terms.now(), more);
        var packet =
                Bytes.of(new Octets().packet(PacketNumbers.TAG_SIGNATURE, body).toArray());
        var written = switch (encoding) {
            case BINARY -> packet;
            case ARMOR, CLEARTEXT ->
                Bytes.of(Armor.write(Armor.Kind.SIGNATURE, packet).getBytes(StandardCharsets.US_ASCII));
        };
        return new Signature(description().name(), encoding, written);
    }

    @Override
    public Bytes publish(KeyPublication publication) {
        var primary = publication.certifier().orElseThrow().key();
        var certificate =
                new CertificateMaking(hashes, primary, publication.now()).make(publication.userId(), publication.key());
        return Bytes.of(Armor.write(Armor.Kind.PUBLIC_KEY, certificate).getBytes(StandardCharsets.US_ASCII));
    }
}
