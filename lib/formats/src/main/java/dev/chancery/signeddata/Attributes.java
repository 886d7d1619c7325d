// SPDX-License-Identifier: Apache-2.0
package dev.chancery.signeddata;

import dev.chancery.core.Bytes;
import dev.chancery.core.Digest;
import dev.chancery.core.DigestAlgorithm;
import dev.chancery.der.DerReader;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// `SignedAttributes` or `UnsignedAttributes` (RFC 5652, section 5.3): each type with its values.
public final class Attributes {
    public static final String CONTENT_TYPE = "1.2.840.113549.1.9.3";
    public static final String MESSAGE_DIGEST = "1.2.840.113549.1.9.4";
    public static final String SIGNING_TIME = "1.2.840.113549.1.9.5";
    public static final String SIGNING_CERTIFICATE = "1.2.840.113549.1.9.16.2.12";
    public static final String SIGNING_CERTIFICATE_V2 = "1.2.840.113549.1.9.16.2.47";

    /// Attributes of one signer: stock tools write three to six.
    public static final int ATTRIBUTES_MAX = 32;

    private final String subject;
    private final Map<String, List<Bytes>> values = new LinkedHashMap<>();

    private Attributes(String subject) {
        this.subject = subject;
    }

    public static Attributes none(String subject) {
        return new Attributes(subject);
    }

    /// What a signature covers: in the order that DER demands (X.690, section 11.6), one value each, and not
    /// empty.
    public static Attributes readSigned(String subject, Bytes set) {
        var attributes = read(subject, set, true);
        var reader = new DerReader(subject, set).within(DerReader.SET);
        byte[] previous = new byte[0];
        while (!reader.isAtEnd()) {
            byte[] next = reader.element(DerReader.SEQUENCE).toArray();
            if (Arrays.compareUnsigned(previous, next) >= 0) {
                throw reader.malformed("has signed attributes that are not in the order of DER");
            }
            previous = next;
        }
        if (attributes.values.isEmpty()) {
            throw reader.malformed("has an empty set of signed attributes");
        }
        return attributes;
    }

    /// What no signature covers, so anybody may have added to it. A type may stand there several times.
    public static Attributes readUnsigned(String subject, Bytes set) {
        return read(subject, set, false);
    }

    private static Attributes read(String subject, Bytes set, boolean eachOnce) {
        int count = 0;
        var attributes = new Attributes(subject);
        var reader = new DerReader(subject, set).within(DerReader.SET);
        while (!reader.isAtEnd()) {
            var attribute = reader.within(DerReader.SEQUENCE);
            String type = attribute.oid();
            var list = attributes.values.get(type);
            if (list == null) {
                list = new ArrayList<>();
                attributes.values.put(type, list);
            } else if (eachOnce) {
                throw reader.malformed("has attribute %s twice".formatted(type));
            }
            var values = attribute.within(DerReader.SET);
            attribute.end();
            while (!values.isAtEnd()) {
                list.add(values.element());
            }
            count++;
            if (count > ATTRIBUTES_MAX) {
                throw reader.malformed("has more than %d attributes".formatted(ATTRIBUTES_MAX));
            }
        }
        return attributes;
    }

    public Set<String> types() {
        return values.keySet();
    }

    /// All values of an attribute, as they stand there.
    public List<Bytes> values(String type) {
        return List.copyOf(values.getOrDefault(type, List.of()));
    }

    /// The only value of an attribute; malformed when it has none or more.
    private Optional<DerReader> only(String type) {
        var list = values.get(type);
        if (list == null) {
            return Optional.empty();
        }
        if (list.size() != 1) {
            throw new DerReader(subject, Bytes.of(new byte[0]))
                    .malformed("has attribute %s with %d values, not one".formatted(type, list.size()));
        }
        return Optional.of(new DerReader(subject, list.getFirst()));
    }

    private DerReader required(String type, String name) {
        return only(type)
                .orElseThrow(() ->
                        new DerReader(subject, Bytes.of(new byte[0])).malformed("has no signed attribute " + name));
    }

    /// RFC 5652, section 11.1.
    public String contentType() {
        return required(CONTENT_TYPE, "content type").oid();
    }

    /// RFC 5652, section 11.2.
    public Digest messageDigest(DigestAlgorithm algorithm) {
        var digest = required(MESSAGE_DIGEST, "message digest").content(DerReader.OCTET_STRING);
        return new Digest(algorithm, digest.toArray());
    }

    /// RFC 5652, section 11.3.
    public Optional<Instant> signingTime() {
        return only(SIGNING_TIME).map(DerReader::time);
    }

    /// Whether what is said of the signer's certificate (RFC 5035, section 3; RFC 2634, section 5.4) is true of
    /// this one; true also when nothing is said. The first entry is the signer's.
    public boolean name(Certificate certificate) {
        return only(SIGNING_CERTIFICATE_V2)
                        .map(value -> isDigestOf(firstCertificateId(value), certificate, "SHA-256"))
                        .orElse(true)
                && only(SIGNING_CERTIFICATE)
                        .map(value -> isDigestOf(firstCertificateId(value), certificate, "SHA-1"))
                        .orElse(true);
    }

    private static DerReader firstCertificateId(DerReader value) {
        return value.within(DerReader.SEQUENCE).within(DerReader.SEQUENCE).within(DerReader.SEQUENCE);
    }

    private static boolean isDigestOf(DerReader id, Certificate certificate, String otherwise) {
        String hash = otherwise;
        if (id.nextIs(DerReader.SEQUENCE)) {
            var named = Algorithms.digest(Algorithms.Identifier.read(id));
            if (named.isEmpty()) {
                return false;
            }
            hash = named.get().standardName();
        }
        return id.content(DerReader.OCTET_STRING).equals(Bytes.of(Algorithms.hash(hash, certificate.der())));
    }
}
