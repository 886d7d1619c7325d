// SPDX-License-Identifier: Apache-2.0
package dev.chancery.server.tls;

import dev.chancery.core.Bytes;
import dev.chancery.der.DerWriter;
import dev.chancery.key.CertificateChain;
import java.io.ByteArrayInputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/// A certificate authority for tests. What it issues is as good or as bad as a test wants it.
public final class TestCertificates {
    public static final String CLIENT = "1.3.6.1.5.5.7.3.2";
    public static final String SERVER = "1.3.6.1.5.5.7.3.1";

    /// A certificate and its key.
    public record Issued(X509Certificate certificate, KeyPair pair) {
        public String certificatePem() throws GeneralSecurityException {
            var chain = new CertificateChain(List.of(Bytes.of(certificate.getEncoded())));
            return new String(chain.toPem().toArray(), StandardCharsets.US_ASCII);
        }

        public String keyPem() {
            String base64 = Base64.getMimeEncoder(64, new byte[] {'\n'})
                    .encodeToString(pair.getPrivate().getEncoded());
            return pem("PRIVATE KEY", base64);
        }

        /// A PEM block.
        static String pem(String label, String base64) {
            return "-----BEGIN %s-----\n%s\n-----END %s-----\n".formatted(label, base64, label);
        }
    }

    /// What a certificate says. Names are `dns:`, `uri:`, `email:` and `ip:` (127.0.0.1 only).
    public record Content(List<String> names, List<String> usages, Instant from, Duration life) {
        public static Content of(List<String> names, String usage) {
            return new Content(names, List.of(usage), Instant.now().minusSeconds(60), Duration.ofHours(1));
        }
    }

    private final Issued authority;

    public TestCertificates(String name) throws GeneralSecurityException {
        KeyPair pair = pair();
        var content = Content.of(List.of(), SERVER);
        authority = new Issued(sign(body(new Names(name, name), pair, extensions(content, true), content), pair), pair);
    }

    public Issued authority() {
        return authority;
    }

    public Issued issue(Content content) throws GeneralSecurityException {
        return issue(content, false);
    }

    public Issued issue(Content content, boolean isAuthority) throws GeneralSecurityException {
        KeyPair pair = pair();
        String issuer =
                authority.certificate().getSubjectX500Principal().getName().substring(3);
        byte[] body = body(new Names(issuer, "somebody"), pair, extensions(content, isAuthority), content);
        return new Issued(sign(body, authority.pair()), pair);
    }

    private static KeyPair pair() throws GeneralSecurityException {
        var generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"));
        return generator.generateKeyPair();
    }

    private record Names(String issuer, String subject) {}

    private static byte[] body(Names names, KeyPair pair, byte[] extensions, Content content) {
        return DerWriter.sequence(
                DerWriter.element(0xa0, DerWriter.integer(2)),
                DerWriter.integer(BigInteger.valueOf(System.nanoTime())),
                algorithm(),
                name(names.issuer()),
                DerWriter.sequence(
                        DerWriter.time(content.from()),
                        DerWriter.time(content.from().plus(content.life()))),
                name(names.subject()),
                pair.getPublic().getEncoded(),
                DerWriter.element(0xa3, extensions));
    }

    private static X509Certificate sign(byte[] body, KeyPair by) throws GeneralSecurityException {
        var signature = Signature.getInstance("SHA256withECDSA");
        signature.initSign(by.getPrivate());
        signature.update(body);
        byte[] der = DerWriter.sequence(body, algorithm(), DerWriter.bitString(signature.sign()));
        return (X509Certificate)
                CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(der));
    }

    private static byte[] algorithm() {
        return DerWriter.sequence(DerWriter.oid("1.2.840.10045.4.3.2"));
    }

    private static byte[] name(String commonName) {
        byte[] attribute = DerWriter.sequence(DerWriter.oid("2.5.4.3"), DerWriter.utf8(commonName));
        return DerWriter.sequence(DerWriter.element(0x31, attribute));
    }

    private static byte[] extensions(Content content, boolean isAuthority) {
        var all = new ArrayList<byte[]>();
        byte[] constraints = isAuthority ? DerWriter.sequence(DerWriter.isTrue()) : DerWriter.sequence();
        all.add(extension("2.5.29.19", constraints));
        if (!content.usages().isEmpty() && !isAuthority) {
            byte[][] usages = content.usages().stream().map(DerWriter::oid).toArray(byte[][]::new);
            all.add(extension("2.5.29.37", DerWriter.sequence(usages)));
        }
        if (!content.names().isEmpty()) {
            byte[][] names =
                    content.names().stream().map(TestCertificates::alternative).toArray(byte[][]::new);
            all.add(extension("2.5.29.17", DerWriter.sequence(names)));
        }
        return DerWriter.sequence(all.toArray(byte[][]::new));
    }

    private static byte[] extension(String oid, byte[] value) {
        return DerWriter.sequence(DerWriter.oid(oid), DerWriter.octetString(value));
    }

    private static byte[] alternative(String name) {
        String value = name.substring(name.indexOf(':') + 1);
        return switch (name.substring(0, name.indexOf(':'))) {
            case "email" -> DerWriter.element(0x81, value.getBytes(StandardCharsets.US_ASCII));
            case "dns" -> DerWriter.element(0x82, value.getBytes(StandardCharsets.US_ASCII));
            case "uri" -> DerWriter.element(0x86, value.getBytes(StandardCharsets.US_ASCII));
            default -> DerWriter.element(0x87, new byte[] {127, 0, 0, 1});
        };
    }
}
