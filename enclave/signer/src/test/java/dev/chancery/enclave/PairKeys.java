// SPDX-License-Identifier: Apache-2.0
package dev.chancery.enclave;

import dev.chancery.core.ArtifactName;
import dev.chancery.core.Bytes;
import dev.chancery.core.Digest;
import dev.chancery.core.DigestAlgorithm;
import dev.chancery.core.FormatName;
import dev.chancery.core.Predicate;
import dev.chancery.core.Signature;
import dev.chancery.format.FormatDescription;
import dev.chancery.format.FormatKeyring;
import dev.chancery.format.KeyPublication;
import dev.chancery.format.SignatureTerms;
import dev.chancery.formats.Formats;
import dev.chancery.hashing.ContentForm;
import dev.chancery.hashing.ContentPass;
import dev.chancery.hashing.Measure;
import dev.chancery.hashing.Measured;
import dev.chancery.hashing.Salt;
import dev.chancery.json.JsonFields;
import dev.chancery.key.CertificateChain;
import dev.chancery.key.Key;
import dev.chancery.key.KeyAlgorithm;
import dev.chancery.key.KeyPurpose;
import dev.chancery.key.Scheme;
import dev.chancery.key.SignatureValue;
import dev.chancery.key.SigningKey;
import dev.chancery.key.ToBeSigned;
import dev.chancery.statement.Statement;
import dev.chancery.statement.Subject;
import java.io.ByteArrayInputStream;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// One secret, forced into every format that takes keys of its scheme, with a signature in each.
final class PairKeys {
    private static final String NAME = "artifact";
    /// A text that every format signs, the strictest of them too: it is the document of a tag.
    /// Where a format has one; nobody issued it, for no engine is asked.
    private static final Salt SALT = new Salt(Bytes.of(new byte[Salt.BYTES_MAX]));

    private static final String CONTENT = "tag: " + NAME + "\njob: 42\n";

    private static final String MANIFEST = "{\"schemaVersion\":2,\"layers\":[]}";

    private PairKeys() {}

    /// @param verified the content as it is measured when the signature is verified
    /// @param asked what the key was asked to sign
    record Forced(Signature signature, FormatKeyring keyring, Measured verified, List<ToBeSigned> asked) {}

    /// A key that remembers what it was asked for.
    private record Remembering(SigningKey inner, List<ToBeSigned> asked, Optional<CertificateChain> certificates)
            implements SigningKey {
        @Override
        public Key key() {
            return inner.key();
        }

        @Override
        public SignatureValue sign(ToBeSigned toBeSigned) {
            asked.add(toBeSigned);
            return inner.sign(toBeSigned);
        }
    }

    static Map<FormatName, Forced> of(Scheme scheme) {
        var forced = new LinkedHashMap<FormatName, Forced>();
        MemoryKeys.MemoryKey secret = null;
        for (var format : Office.FORMATS.list()) {
            var name = format.description().name();
            boolean takes = format.description().algorithms().stream()
                    .map(KeyAlgorithm::scheme)
                    .anyMatch(scheme::equals);
            if (takes) {
                secret = secret == null ? Office.key(scheme, name) : secret.as(Office.QA, name, KeyPurpose.SIGN);
                var namespace = format.signing().defaultNamespace();
                forced.put(
                        name,
                        force(
                                format,
                                namespace.isPresent()
                                        ? secret.in(namespace.get().text())
                                        : secret));
            }
        }
        return forced;
    }

    private static Forced force(Formats.Format format, MemoryKeys.MemoryKey secret) {
        var certifier = format.description().publicKeys().certified()
                ? Optional.of(new KeyPublication.Certifier(
                        Office.key(Scheme.ED25519, format.description().name())
                                .as(Office.QA, format.description().name(), KeyPurpose.CERTIFY),
                        new SecureRandom()))
                : Optional.<KeyPublication.Certifier>empty();
        var asked = new ArrayList<ToBeSigned>();
        var certificates = format.signing().certifying().map(certifying -> certifying.selfSigned(secret));
        var key = new Remembering(secret, asked, certificates);
        var file = format.signing().publish(new KeyPublication(key, certifier, "qa", Office.NOW));
        var keyring = format.verifying().keyring(Map.of(Office.QA, file));
        asked.clear();
        var terms =
                new SignatureTerms(new ArtifactName(NAME), format.description().defaultEncoding(), Office.NOW);
        boolean manifest = format.description().signs() == FormatDescription.Signs.MANIFEST;
        Measured verified = measured((manifest ? MANIFEST : CONTENT).getBytes(StandardCharsets.UTF_8));
        Measured signed = switch (format.description().signs()) {
            case ARTIFACT, MANIFEST, TAG -> verified;
            case STATEMENT -> measured(statement(verified).toArray());
        };
        var signature = format.signing().sign(signed, terms, key);
        return new Forced(whole(format, signature), keyring, verified, asked);
    }

    /// A tag's file has the text in it, and the engine makes what stands behind.
    private static Signature whole(Formats.Format format, Signature signature) {
        if (format.description().signs() != FormatDescription.Signs.TAG) {
            return signature;
        }
        byte[] file = Packets.joined(
                CONTENT.getBytes(StandardCharsets.UTF_8), signature.bytes().toArray());
        return new Signature(signature.format(), signature.encoding(), Bytes.of(file));
    }

    private static Bytes statement(Measured artifact) {
        Digest digest = artifact.digest(DigestAlgorithm.SHA256);
        var predicate = new JsonFields().put("job", "42").toJson();
        return new Statement(List.of(new Subject(NAME, digest)), Predicate.PARAMETERS, predicate).write();
    }

    private static Measured measured(byte[] content) {
        var measures = new ArrayList<Measure>(List.of(Measure.content()));
        for (var algorithm : DigestAlgorithm.values()) {
            measures.add(Measure.digest(algorithm));
        }
        for (var form : ContentForm.values()) {
            measures.add(Measure.state(DigestAlgorithm.SHA512, form));
            measures.add(Measure.state(DigestAlgorithm.SHA512, form, SALT));
        }
        return new ContentPass(Office.HASHES).measure(Channels.newChannel(new ByteArrayInputStream(content)), measures);
    }
}
