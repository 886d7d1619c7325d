// SPDX-License-Identifier: Apache-2.0
package dev.chancery.signeddata;

import dev.chancery.core.Bytes;
import dev.chancery.der.DerReader;
import dev.chancery.der.DerWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A `ContentInfo` with a `SignedData` (RFC 5652, sections 3 and 5.1), its parts as they stand there: DER
/// elements, not looked into.
public record SignedData(
        List<Bytes> digestAlgorithms,
        Content content,
        List<Bytes> certificates,
        List<Bytes> revocationLists,
        List<Bytes> signers) {
    /// Signers in one file: more than an office has authorities that sign one artifact.
    public static final int SIGNERS_MAX = 100;
    /// Certificates in one file: each signer's with one of its issuer.
    public static final int CERTIFICATES_MAX = 200;

    public static final String DATA = "1.2.840.113549.1.7.1";
    public static final String SIGNED_DATA = "1.2.840.113549.1.7.2";

    private static final int EXPLICIT_0 = 0xa0;
    private static final int CERTIFICATES = 0xa0;
    private static final int REVOCATION_LISTS = 0xa1;

    /// `EncapsulatedContentInfo` (section 5.2): the content's type, and the content where it is not elsewhere.
    public record Content(String type, Optional<Bytes> octets) {
        private static Content read(DerReader reader) {
            var within = reader.within(DerReader.SEQUENCE);
            String type = within.oid();
            Optional<Bytes> octets = Optional.empty();
            if (within.nextIs(EXPLICIT_0)) {
                var explicit = within.within(EXPLICIT_0);
                octets = Optional.of(explicit.content(DerReader.OCTET_STRING));
                explicit.end();
            }
            within.end();
            return new Content(type, octets);
        }
    }

    public static SignedData read(String subject, Bytes der) {
        var file = new DerReader(subject, der);
        var info = file.within(DerReader.SEQUENCE);
        file.end();
        String type = info.oid();
        if (!type.equals(SIGNED_DATA)) {
            throw info.malformed("has content of type %s, not signed data".formatted(type));
        }
        var explicit = info.within(EXPLICIT_0);
        info.end();
        var data = explicit.within(DerReader.SEQUENCE);
        explicit.end();
        int version = data.smallInteger();
        var signedData = new SignedData(
                elements(data, DerReader.SET, SIGNERS_MAX),
                Content.read(data),
                optional(data, CERTIFICATES, CERTIFICATES_MAX),
                optional(data, REVOCATION_LISTS, CERTIFICATES_MAX),
                elements(data, DerReader.SET, SIGNERS_MAX));
        data.end();
        if (version != 1 && version != 3) {
            throw data.malformed("has version %d, not 1 or 3".formatted(version));
        }
        return signedData;
    }

    private static List<Bytes> optional(DerReader data, int tag, int most) {
        return data.nextIs(tag) ? elements(data, tag, most) : List.of();
    }

    /// Of a set, of which the order is not asked: not all tools sort what no signature covers.
    private static List<Bytes> elements(DerReader data, int tag, int most) {
        var set = data.within(tag);
        var elements = new ArrayList<Bytes>();
        while (!set.isAtEnd()) {
            elements.add(set.element(DerReader.SEQUENCE));
            if (elements.size() > most) {
                throw set.malformed("has more than %d elements in a set".formatted(most));
            }
        }
        return elements;
    }

    /// The file of a detached signature over plain data, its sets in the order of DER. The version is that of
    /// section 5.1.
    public Bytes writeDetached(boolean namesKeys) {
        var parts = new ArrayList<byte[]>();
        parts.add(DerWriter.integer(namesKeys ? 3 : 1));
        parts.add(set(DerReader.SET, digestAlgorithms));
        parts.add(DerWriter.sequence(DerWriter.oid(DATA)));
        if (!certificates.isEmpty()) {
            parts.add(set(CERTIFICATES, certificates));
        }
        if (!revocationLists.isEmpty()) {
            parts.add(set(REVOCATION_LISTS, revocationLists));
        }
        parts.add(set(DerReader.SET, signers));
        byte[] data = DerWriter.sequence(parts.toArray(byte[][]::new));
        return Bytes.of(DerWriter.sequence(DerWriter.oid(SIGNED_DATA), DerWriter.element(EXPLICIT_0, data)));
    }

    private static byte[] set(int tag, List<Bytes> elements) {
        return DerWriter.setOf(tag, List.of(DerWriter.arrays(elements)));
    }
}
