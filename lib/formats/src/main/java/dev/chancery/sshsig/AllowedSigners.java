// SPDX-License-Identifier: Apache-2.0
package dev.chancery.sshsig;

import dev.chancery.core.Authority;
import dev.chancery.core.Bytes;
import dev.chancery.core.MalformedException;
import dev.chancery.core.Quoted;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// An authority's public key file: the allowed_signers file of ssh-keygen(1), with its authority as the only
/// principal.
public final class AllowedSigners {
    /// Keys in one file: a key each month for eight years.
    public static final int KEYS_MAX = 100;

    private AllowedSigners() {}

    /// The same keys as ssh-keygen has to read them so that it accepts what we accept: each line says its
    /// namespaces.
    public static Bytes forStock(Authority authority, Bytes file) {
        var lines = new StringBuilder();
        read(authority, file).forEach(signer -> lines.append(signer.line(authority)));
        return Bytes.of(lines.toString().getBytes(StandardCharsets.US_ASCII));
    }

    static List<AllowedSigner> read(Authority authority, Bytes file) {
        var signers = new ArrayList<AllowedSigner>();
        int number = 0;
        for (String line : lines(file)) {
            number++;
            String content = line.strip();
            if (!content.isEmpty() && content.charAt(0) != '#') {
                try {
                    signers.add(new Line(content).read(authority));
                } catch (MalformedException e) {
                    throw malformed(authority, "is not right in line %d: %s".formatted(number, e.sentence()));
                }
            }
        }
        if (signers.isEmpty() || signers.size() > KEYS_MAX) {
            throw malformed(authority, "has %d keys, not 1 to %d".formatted(signers.size(), KEYS_MAX));
        }
        return signers;
    }

    private static List<String> lines(Bytes file) {
        return new String(file.toArray(), StandardCharsets.ISO_8859_1).lines().toList();
    }

    private static MalformedException malformed(Authority authority, String fault) {
        return new MalformedException("sshsig public key file of %s %s".formatted(authority, fault));
    }

    /// Takes one line apart: principals, options or none, type, base64, and a comment that says nothing. Or what
    /// ssh-keygen writes into `id_ed25519.pub`: the last three.
    private static final class Line {
        private final String text;
        private int at;

        Line(String text) {
            this.text = text;
        }

        AllowedSigner read(Authority authority) {
            var options = new AllowedSigner.Builder();
            String type = field();
            if (type.equals(authority.name()) || !isType(type)) {
                requirePrincipal(type, authority);
                type = field();
                if (!isType(type)) {
                    options(type, options);
                    type = field();
                }
            }
            if (!SshPublicKey.isSupported(type)) {
                throw new MalformedException("key " + SshPublicKey.unsupported(type));
            }
            var blob = SshArmor.decoded("key", field());
            var key = SshPublicKey.read(blob);
            if (!SshPublicKey.type(key).equals(type)) {
                throw new MalformedException("key says that it is of type " + Quoted.text(type) + " and is not");
            }
            return options.of(key, blob);
        }

        private static void requirePrincipal(String principals, Authority authority) {
            if (!principals.equals(authority.name())) {
                throw MalformedException.value("principal", principals, "is not the authority's name");
            }
        }

        /// Types are told from options as the former's names are made: no option begins so.
        private static boolean isType(String field) {
            return field.startsWith("ssh-") || field.startsWith("ecdsa-") || field.startsWith("sk-");
        }

        /// Up to the next white space outside of quotation marks.
        private String field() {
            int start = at;
            boolean quoted = false;
            while (at < text.length() && (quoted || !isSpace(text.charAt(at)))) {
                quoted ^= text.charAt(at) == '"';
                at++;
            }
            String field = text.substring(start, at);
            while (at < text.length() && isSpace(text.charAt(at))) {
                at++;
            }
            return field;
        }

        private static boolean isSpace(char c) {
            return c == ' ' || c == '\t';
        }

        private static void options(String list, AllowedSigner.Builder options) {
            int start = 0;
            while (start <= list.length()) {
                int end = start;
                while (end < list.length() && list.charAt(end) != ',' && list.charAt(end) != '=') {
                    end++;
                }
                String name = list.substring(start, end);
                if (name.toLowerCase(Locale.ROOT).equals("cert-authority")) {
                    throw new MalformedException("certificates are not supported, so no key is trusted for them");
                }
                boolean quoted = list.startsWith("=\"", end);
                int close = quoted ? list.indexOf('"', end + 2) : -1;
                boolean whole = close >= 0 && (close + 1 == list.length() || list.charAt(close + 1) == ',');
                if (!whole) {
                    throw MalformedException.value("options", list, "are not NAME=\"VALUE\" with commas between them");
                }
                options.option(name, list.substring(end + 2, close));
                start = close + 2;
            }
        }
    }
}
