// SPDX-License-Identifier: Apache-2.0
package dev.chancery.files;

import dev.chancery.algorithms.NumberedKey;
import dev.chancery.algorithms.PublicKeyPem;
import dev.chancery.certificates.CertificateFile;
import dev.chancery.core.Authority;
import dev.chancery.core.Bytes;
import dev.chancery.core.FormatName;
import dev.chancery.core.MalformedException;
import dev.chancery.core.RefusedException;
import dev.chancery.key.PublicKey;
import dev.chancery.openpgp.OpenPgpKeyFiles;
import dev.chancery.sshsig.AllowedSigners;
import dev.chancery.tag.TagKeys;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/// Public keys in the form that a stock tool wants.
public final class StockKeys {
    /// The tools.
    public static final List<String> TOOLS = List.of(
            "gpg",
            "sop",
            "openssl",
            "cosign",
            "notation",
            "minisign",
            "signify",
            "ssh",
            "pacman",
            "debian",
            "pgpverify",
            "keys");

    /// All OpenPGP certificates in one file for people, as Apache's projects have it.
    public static final String KEYS = "KEYS";

    /// `sigstore_trustroot.proto` of sigstore/protobuf-specs, with nothing in it.
    private static final String TRUSTED_ROOT =
            "{\"mediaType\":\"application/vnd.dev.sigstore.trustedroot+json;version=0.1\"}\n";

    private static final String ALLOWED_SIGNERS = "allowed_signers";

    /// Files that have lines or blocks of several authorities, each of which says whose it is.
    private static final Set<String> SHARED = Set.of(ALLOWED_SIGNERS, KEYS);

    private StockKeys() {}

    /// All files for a tool, out of the public key files by format and authority.
    ///
    /// Throws `RefusedException` (`key-file-name`) when two authorities' keys would have to be in one file.
    public static SortedMap<String, Bytes> files(String tool, Map<FormatName, Map<Authority, Bytes>> keyring) {
        var files = new TreeMap<String, Bytes>();
        keyring.forEach((format, ofFormat) -> ofFormat.forEach((authority, file) -> forTool(
                        tool, format, authority, file)
                .forEach((name, content) -> files.merge(name, content, (one, other) -> shared(name, one, other)))));
        return files;
    }

    /// File names and their content; empty when the tool has no use for the format.
    public static Map<String, Bytes> forTool(String tool, FormatName format, Authority authority, Bytes file) {
        return switch (tool) {
            case "gpg" ->
                format.text().equals("openpgp") ? Map.of(authority + ".gpg", OpenPgpKeyFiles.binary(file)) : Map.of();
            case "sop" ->
                switch (format.text()) {
                    case "openpgp", "openpgp6" -> Map.of("%s.%s.asc".formatted(authority, format), file);
                    default -> Map.of();
                };
            case "pacman", "debian", "pgpverify", "keys" ->
                format.text().equals("openpgp") ? OpenPgpKeyrings.files(tool, authority, file) : Map.of();
            case "notation" ->
                format.text().equals("notation")
                        ? Map.of(authority + ".notation.pem", CertificateFile.anchors(format, authority, file))
                        : Map.of();
            case "openssl" -> opensslFiles(format, authority, file);
            case "cosign" ->
                switch (format.text()) {
                    case "sigstore" -> cosignFiles(authority, file, ".cosign.pub");
                    case "statement" -> cosignFiles(authority, file, ".statement.cosign.pub");
                    default -> Map.of();
                };
            case "ssh" ->
                format.text().equals("sshsig")
                        ? Map.of(ALLOWED_SIGNERS, AllowedSigners.forStock(authority, file))
                        : Map.of();
            case "minisign", "signify" -> numberedFiles(tool, format, authority, file);
            default -> throw MalformedException.value("tool", tool, "is not one of " + String.join(", ", TOOLS));
        };
    }

    /// The content of a file that several authorities share: the same for all, or lines that each say whose
    /// they are.
    ///
    /// Elsewhere the file's name says whose key is in it, so one name for two would pass one authority's key
    /// off as another's: the second key of `qa` and the first of `qa-2` are refused.
    public static Bytes shared(String name, Bytes one, Bytes other) {
        if (one.equals(other)) {
            return one;
        }
        if (!SHARED.contains(name)) {
            throw new RefusedException(
                    "key-file-name", "file %s would have to hold keys of two authorities".formatted(name));
        }
        byte[] both = Arrays.copyOf(one.toArray(), one.length() + other.length());
        System.arraycopy(other.toArray(), 0, both, one.length(), other.length());
        return Bytes.of(both);
    }

    /// Plain keys for `dgst` and `pkeyutl`; what `raw` and `tag` sign is no different to those, so their keys
    /// are kept apart by the names of their files. Certificates for `cms`: the authority's own and not those
    /// that issued them, for with those openssl would take signatures by anybody to whom they issued one.
    private static Map<String, Bytes> opensslFiles(FormatName format, Authority authority, Bytes file) {
        return switch (format.text()) {
            case "raw" -> pemFiles(authority, PublicKeyPem.read(authority, file), ".pem");
            case "tag" -> pemFiles(authority, TagKeys.read(authority, file), ".tag.pem");
            case "cms" -> Map.of(authority + ".cms.pem", CertificateFile.forStock(format, authority, file));
            default -> Map.of();
        };
    }

    /// With a trusted root that trusts no log and no authority for times: cosign 2 wants one even where a key
    /// speaks.
    private static Map<String, Bytes> cosignFiles(Authority authority, Bytes file, String suffix) {
        var files = pemFiles(authority, PublicKeyPem.read(authority, file), suffix);
        files.put("trusted_root.json", Bytes.of(TRUSTED_ROOT.getBytes(StandardCharsets.US_ASCII)));
        return files;
    }

    /// One key a file, because minisign and signify read the first and no other. The tool's name is the
    /// format's.
    private static Map<String, Bytes> numberedFiles(String tool, FormatName format, Authority authority, Bytes file) {
        var files = new LinkedHashMap<String, Bytes>();
        if (format.text().equals(tool)) {
            for (var key : NumberedKey.read(format, authority, file)) {
                String number = files.isEmpty() ? "" : "-" + (files.size() + 1);
                String comment = "%s public key of %s".formatted(tool, authority);
                files.put(authority + number + "." + tool + ".pub", key.write(comment));
            }
        }
        return files;
    }

    /// One key a file, because openssl and cosign read the first and no other.
    private static Map<String, Bytes> pemFiles(Authority authority, List<PublicKey> keys, String suffix) {
        var files = new LinkedHashMap<String, Bytes>();
        int number = 1;
        for (var key : keys) {
            String name = (number == 1 ? authority.name() : authority + "-" + number) + suffix;
            files.put(name, Bytes.of(PublicKeyPem.write(key).getBytes(StandardCharsets.US_ASCII)));
            number++;
        }
        return files;
    }
}
