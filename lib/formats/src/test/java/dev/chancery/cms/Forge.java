// SPDX-License-Identifier: Apache-2.0
package dev.chancery.cms;

import dev.chancery.core.Bytes;
import dev.chancery.core.DigestAlgorithm;
import dev.chancery.der.DerReader;
import dev.chancery.der.DerWriter;
import dev.chancery.signeddata.Algorithms;
import dev.chancery.signeddata.Attributes;
import dev.chancery.signeddata.Certificate;
import dev.chancery.signeddata.SignedData;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// A file with one signer, any part of which can be other than it should be. Its key is an ECDSA P-256 one and
/// signs whatever it is given, so that each fault stands alone.
final class Forge {
    final Sample.Certified key;
    String contentType = SignedData.DATA;
    Optional<byte[]> content = Optional.empty();
    int version = 1;
    int signerVersion = 1;
    byte[] digestAlgorithm = Algorithms.writeDigest(DigestAlgorithm.SHA256);
    byte[] signatureAlgorithm;
    byte[] identifier;
    Optional<List<byte[]>> attributes;
    byte[] unsigned = new byte[0];
    List<byte[]> certificates;
    boolean sorted = true;

    Forge(Sample.Certified key) {
        this.key = key;
        var certificate = Certificate.read(key.certificates().orElseThrow().first());
        signatureAlgorithm = Algorithms.write(key.key().publicKey());
        identifier = DerWriter.sequence(certificate.issuer().toArray(), DerWriter.integer(certificate.serial()));
        certificates = new ArrayList<>(List.of(certificate.der().toArray()));
        attributes = Optional.of(new ArrayList<>(List.of(contentType(SignedData.DATA), messageDigest())));
    }

    static byte[] attribute(String type, byte[]... values) {
        return DerWriter.sequence(DerWriter.oid(type), DerWriter.element(DerReader.SET, values));
    }

    static byte[] contentType(String type) {
        return attribute(Attributes.CONTENT_TYPE, DerWriter.oid(type));
    }

    static byte[] messageDigest() {
        return messageDigest(Sample.CONTENT.digest(DigestAlgorithm.SHA256).bytes());
    }

    static byte[] messageDigest(byte[] digest) {
        return attribute(Attributes.MESSAGE_DIGEST, DerWriter.octetString(digest));
    }

    Forge attributes(byte[]... all) {
        attributes = Optional.of(new ArrayList<>(List.of(all)));
        return this;
    }

    Forge with(byte[] attribute) {
        attributes.orElseThrow().add(attribute);
        return this;
    }

    private byte[] set(List<byte[]> elements) {
        return sorted
                ? DerWriter.setOf(DerReader.SET, elements)
                : DerWriter.element(DerReader.SET, elements.toArray(byte[][]::new));
    }

    /// What is signed: the attributes, or without them the content, whose digest is all that we have of it.
    byte[] signer() {
        var signed = attributes.map(this::set);
        var value = signed.isPresent()
                ? key.sign(Algorithms.toBeSigned(
                        key.key().publicKey().scheme(), DigestAlgorithm.SHA256, Bytes.of(signed.get())))
                : key.sign(new dev.chancery.key.ToBeSigned.OfDigest(Sample.CONTENT.digest(DigestAlgorithm.SHA256)));
        return DerWriter.sequence(
                DerWriter.integer(signerVersion),
                identifier,
                digestAlgorithm,
                signed.map(Forge::retagged).orElse(new byte[0]),
                signatureAlgorithm,
                DerWriter.octetString(value.bytes().toArray()),
                unsigned);
    }

    private static byte[] retagged(byte[] set) {
        byte[] copy = Arrays.copyOf(set, set.length);
        copy[0] = (byte) 0xa0;
        return copy;
    }

    byte[] file() {
        return file(signer());
    }

    byte[] file(byte[]... signers) {
        byte[] encapsulated = content.map(octets -> DerWriter.sequence(
                        DerWriter.oid(contentType), DerWriter.element(0xa0, DerWriter.octetString(octets))))
                .orElseGet(() -> DerWriter.sequence(DerWriter.oid(contentType)));
        byte[] data = DerWriter.sequence(
                DerWriter.integer(version),
                DerWriter.element(DerReader.SET, digestAlgorithm),
                encapsulated,
                DerWriter.element(0xa0, certificates.toArray(byte[][]::new)),
                DerWriter.element(DerReader.SET, signers));
        return DerWriter.sequence(DerWriter.oid(SignedData.SIGNED_DATA), DerWriter.element(0xa0, data));
    }

    Bytes bytes() {
        return Bytes.of(file());
    }
}
