// SPDX-License-Identifier: Apache-2.0
package dev.chancery.sshsig;

import dev.chancery.core.Bytes;
import dev.chancery.core.Digest;
import dev.chancery.core.Encoding;
import dev.chancery.core.Signature;
import dev.chancery.format.FormatDescription;
import dev.chancery.format.KeyPublication;
import dev.chancery.format.SignatureTerms;
import dev.chancery.format.SigningFormat;
import dev.chancery.hashing.Measure;
import dev.chancery.hashing.Measured;
import dev.chancery.hashing.Salt;
import dev.chancery.key.Namespace;
import dev.chancery.key.Scheme;
import dev.chancery.key.SigningKey;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;

/// Makes SSH signatures.
public final class SshSigSigning implements SigningFormat {
    @Override
    public FormatDescription description() {
        return SshSigFormat.DESCRIPTION;
    }

    @Override
    public Optional<Namespace> defaultNamespace() {
        return Optional.of(SshSigFormat.FILE);
    }

    @Override
    public Set<Measure> measures(Scheme scheme, Encoding encoding, Salt salt) {
        description().suffix(encoding);
        return Set.of(Measure.digest(SshSigFormat.HASH));
    }

    @Override
    public Signature sign(Measured content, SignatureTerms terms, SigningKey key) {
        description().suffix(terms.encoding());
        var algorithm = SshAlgorithm.of(key.key().publicKey().scheme());
        var namespace = SshSigFormat.namespace(key.key());
        var frame = frame(namespace, content.digest(SshSigFormat.HASH));
        var value = algorithm.write(key.sign(algorithm.toBeSigned(frame)));
        var blob = new SshWriter()
                .octets(SshSigFormat.magic())
                .uint32(SshSigFormat.VERSION)
                .string(SshPublicKey.write(key.key().publicKey()))
                .string(namespace.text())
                .string("")
                .string(SshSigFormat.HASH.label())
                .string(new SshWriter().string(algorithm.label()).string(value).bytes())
                .bytes();
        var text = SshArmor.write(blob).getBytes(StandardCharsets.US_ASCII);
        return new Signature(description().name(), terms.encoding(), Bytes.of(text));
    }

    /// PROTOCOL.sshsig, section 2.
    private static Bytes frame(Namespace namespace, Digest content) {
        return new SshWriter()
                .octets(SshSigFormat.magic())
                .string(namespace.text())
                .string("")
                .string(content.algorithm().label())
                .string(content.bytes())
                .bytes();
    }

    @Override
    public Bytes publish(KeyPublication publication) {
        var key = publication.key().key();
        var signer = AllowedSigner.of(key.publicKey(), SshSigFormat.namespace(key));
        return Bytes.of(signer.line(key.authority()).getBytes(StandardCharsets.US_ASCII));
    }
}
