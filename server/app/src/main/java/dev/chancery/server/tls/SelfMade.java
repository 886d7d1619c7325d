// SPDX-License-Identifier: Apache-2.0
package dev.chancery.server.tls;

import dev.chancery.core.Bytes;
import dev.chancery.core.MalformedException;
import dev.chancery.der.DerWriter;
import dev.chancery.key.CertificateChain;
import java.math.BigInteger;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.regex.Pattern;

/// A certificate that the server makes and signs itself (RFC 5280, section 4.1): version 3, P-256, for
/// servers, with its names.
final class SelfMade {
    /// Its life.
    private static final Duration LIFE = Duration.ofDays(3_650);
    /// Clocks of clients may be behind.
    private static final Duration BEFORE = Duration.ofHours(1);

    private static final String ECDSA_SHA256 = "1.2.840.10045.4.3.2";
    private static final String COMMON_NAME = "2.5.4.3";
    private static final String KEY_USAGE = "2.5.29.15";
    private static final String ALTERNATIVE_NAMES = "2.5.29.17";
    private static final String BASIC_CONSTRAINTS = "2.5.29.19";
    private static final String EXTENDED_KEY_USAGE = "2.5.29.37";
    private static final String SERVER_AUTH = "1.3.6.1.5.5.7.3.1";

    private static final Pattern DNS_NAME = Pattern.compile(
            "(?=.{1,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)(\\.[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)*");
    private static final Pattern ADDRESS = Pattern.compile("[0-9]{1,3}(\\.[0-9]{1,3}){3}|[0-9a-f]*:[0-9a-f:.]*");

    /// The names by which a server is called from its own machine.
    private static final List<String> LOCAL = List.of("localhost", "127.0.0.1", "::1");

    private SelfMade() {}

    /// The two files as they are written.
    record Pem(Bytes certificate, Bytes key) {}

    static String checkName(String name) {
        if (!DNS_NAME.matcher(name).matches() && !ADDRESS.matcher(name).matches()) {
            throw MalformedException.value("name", name, "is neither a DNS name in lower case nor an address");
        }
        return name;
    }

    static Pem make(List<String> names, Instant now, SecureRandom random) {
        try {
            var generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"), random);
            KeyPair pair = generator.generateKeyPair();
            byte[] body = body(names, pair, now, random);
            var signature = Signature.getInstance("SHA256withECDSA");
            signature.initSign(pair.getPrivate(), random);
            signature.update(body);
            byte[] certificate = DerWriter.sequence(body, algorithm(), DerWriter.bitString(signature.sign()));
            return new Pem(
                    new CertificateChain(List.of(Bytes.of(certificate))).toPem(),
                    keyPem(pair.getPrivate().getEncoded()));
        } catch (GeneralSecurityException e) {
            throw new AssertionError("every JDK makes keys of P-256", e);
        }
    }

    /// `TBSCertificate`, in the order of the standard.
    private static byte[] body(List<String> names, KeyPair pair, Instant now, SecureRandom random) {
        byte[] name = distinguishedName(names.isEmpty() ? LOCAL.getFirst() : names.getFirst());
        byte[] validity = DerWriter.sequence(DerWriter.time(now.minus(BEFORE)), DerWriter.time(now.plus(LIFE)));
        return DerWriter.sequence(
                DerWriter.element(0xa0, DerWriter.integer(2)),
                DerWriter.integer(new BigInteger(127, random).setBit(126)),
                algorithm(),
                name,
                validity,
                name,
                pair.getPublic().getEncoded(),
                DerWriter.element(0xa3, extensions(names)));
    }

    private static byte[] algorithm() {
        return DerWriter.sequence(DerWriter.oid(ECDSA_SHA256));
    }

    private static byte[] distinguishedName(String text) {
        byte[] commonName =
                DerWriter.sequence(DerWriter.oid(COMMON_NAME), DerWriter.utf8(text.length() > 64 ? "chancery" : text));
        return DerWriter.sequence(DerWriter.element(0x31, commonName));
    }

    private static byte[] extensions(List<String> names) {
        // digitalSignature is bit 0 of the list: one bit used, seven not.
        byte[] usage = DerWriter.element(0x03, new byte[] {7, (byte) 0x80});
        return DerWriter.sequence(
                extension(BASIC_CONSTRAINTS, DerWriter.isTrue(), DerWriter.sequence()),
                extension(KEY_USAGE, DerWriter.isTrue(), usage),
                extension(EXTENDED_KEY_USAGE, new byte[0], DerWriter.sequence(DerWriter.oid(SERVER_AUTH))),
                extension(ALTERNATIVE_NAMES, new byte[0], alternativeNames(names)));
    }

    private static byte[] extension(String oid, byte[] critical, byte[] value) {
        return DerWriter.sequence(DerWriter.oid(oid), critical, DerWriter.octetString(value));
    }

    private static byte[] alternativeNames(List<String> names) {
        var all = new LinkedHashSet<>(names);
        all.addAll(LOCAL);
        var encoded = new ArrayList<byte[]>();
        for (String name : all) {
            encoded.add(
                    ADDRESS.matcher(name).matches()
                            ? DerWriter.element(0x87, address(name))
                            : DerWriter.element(0x82, name.getBytes(StandardCharsets.US_ASCII)));
        }
        return DerWriter.sequence(encoded.toArray(byte[][]::new));
    }

    private static byte[] address(String text) {
        try {
            return InetAddress.ofLiteral(text).getAddress();
        } catch (IllegalArgumentException e) {
            throw new MalformedException("address " + text + " is not well formed", e);
        }
    }

    private static Bytes keyPem(byte[] der) {
        String lines = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
        String label = ServerCertificate.LABEL;
        String pem = "-----BEGIN %s-----\n%s\n-----END %s-----\n".formatted(label, lines, label);
        return Bytes.of(pem.getBytes(StandardCharsets.US_ASCII));
    }
}
