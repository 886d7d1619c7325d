// SPDX-License-Identifier: Apache-2.0
package dev.chancery.files;

import dev.chancery.core.Authority;
import dev.chancery.core.Bytes;
import dev.chancery.core.FormatName;
import dev.chancery.core.MalformedException;
import dev.chancery.core.Signature;
import dev.chancery.format.FormatDescription;
import dev.chancery.formats.Formats;
import dev.chancery.verification.SignatureFile;
import dev.chancery.verification.Verifier;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/// Names of signature files, and finding them beside an artifact: `F.asc`, `F.qa.asc`, `F.raw.sig`,
/// `F.qa.raw.sig`. Statements, of which an authority may make several about one artifact, may have a label
/// behind its name: `F.qa.intoto.sigstore.json`, `F.qa.tests.intoto.sigstore.json`.
public final class SignatureFiles {
    private static final FormatName RAW = new FormatName("raw");
    private static final FormatName STATEMENT = new FormatName("statement");
    private static final FormatName OPENPGP = new FormatName("openpgp");
    private static final FormatName OPENPGP_V6 = new FormatName("openpgp6");

    private final Formats formats;

    public SignatureFiles(Formats formats) {
        this.formats = formats;
    }

    /// Reads every file beside the artifact whose name could be that of a signature by one of these
    /// authorities.
    public List<SignatureFile> beside(Path artifact, Set<Authority> authorities) {
        String prefix = artifact.toAbsolutePath().normalize().getFileName() + ".";
        var found = new ArrayList<SignatureFile>();
        Path directory = artifact.toAbsolutePath().normalize().getParent();
        if (directory == null) {
            return List.of(); // the root has nothing beside it
        }
        try (var entries = Files.newDirectoryStream(
                directory, entry -> entry.getFileName().toString().startsWith(prefix))) {
            for (Path entry : entries) {
                String rest = entry.getFileName().toString().substring(prefix.length() - 1);
                var possible = possible(rest, authorities);
                if (!possible.isEmpty() && Files.isRegularFile(entry)) {
                    found.add(file(entry, possible));
                }
                if (found.size() > Verifier.SIGNATURE_FILES_MAX) {
                    throw new MalformedException("more than %d signature files lie beside %s"
                            .formatted(Verifier.SIGNATURE_FILES_MAX, artifact));
                }
            }
        } catch (IOException e) {
            throw InputFiles.unreadable("directory", directory, e);
        }
        found.sort((one, other) -> one.name().compareTo(other.name()));
        return found;
    }

    /// Whether a file of this name, beside the artifact, is read as a signature by one of these authorities.
    public boolean isName(String file, String artifact, Set<Authority> authorities) {
        return file.startsWith(artifact + ".")
                && !possible(file.substring(artifact.length()), authorities).isEmpty();
    }

    /// All names that signatures in these formats by these authorities may have, but for those of statements with
    /// labels: for places that do not tell what they hold.
    public SortedSet<String> names(String artifact, Map<FormatName, Set<Authority>> signers) {
        var names = new TreeSet<String>();
        for (var format : ofArtifacts()) {
            var authorities = signers.getOrDefault(format.name(), Set.of());
            if (authorities.isEmpty()) {
                continue;
            }
            for (var written : format.encodings()) {
                names.add(name(artifact, Optional.empty(), written.suffix()));
                authorities.forEach(authority -> names.add(name(artifact, Optional.of(authority), written.suffix())));
            }
        }
        names.remove(artifact);
        return names;
    }

    /// A file that was named: any format may be in it. `raw` is tried last, because it takes whatever is short.
    public SignatureFile named(Path file) {
        var all = new ArrayList<FormatName>();
        ofArtifacts().forEach(format -> all.add(format.name()));
        if (all.remove(RAW)) {
            all.add(RAW);
        }
        return file(file, withVersion6(all));
    }

    /// A statement that came from elsewhere, under a name for messages.
    public SignatureFile statement(String name, Bytes bytes) {
        return new SignatureFile(name, List.of(STATEMENT), bytes);
    }

    /// What OpenPGP tools write is `F.asc` and `F.sig` in every version. A file of version 6 alone is that
    /// format's; any other, or one that no key of version 6 is for, is read as if there were no version 6.
    private static List<FormatName> withVersion6(List<FormatName> possible) {
        if (!possible.contains(OPENPGP)) {
            return possible;
        }
        var both = new ArrayList<>(possible);
        both.remove(OPENPGP_V6);
        both.add(both.indexOf(OPENPGP), OPENPGP_V6);
        return both;
    }

    /// A tag's signatures are over the text in the same file, and never stand for an artifact.
    private List<FormatDescription> ofArtifacts() {
        return formats.list().stream()
                .map(Formats.Format::description)
                .filter(format -> format.signs() != FormatDescription.Signs.TAG)
                .toList();
    }

    private static SignatureFile file(Path file, List<FormatName> possible) {
        var bytes = InputFiles.read("signature file", file, Signature.BYTES_MAX);
        return new SignatureFile(file.getFileName().toString(), possible, bytes);
    }

    /// The formats that `rest`, a suffix with an authority before it or not, may be; those with the longest
    /// suffix.
    private List<FormatName> possible(String rest, Set<Authority> authorities) {
        var possible = new LinkedHashMap<FormatName, Integer>();
        for (var format : ofArtifacts()) {
            for (var written : format.encodings()) {
                String suffix = written.suffix();
                boolean labelled = format.signs() == FormatDescription.Signs.STATEMENT;
                if (rest.endsWith(suffix) && isAuthority(rest, suffix, authorities, labelled)) {
                    possible.merge(format.name(), suffix.length(), Math::max);
                }
            }
        }
        int longest = possible.values().stream().max(Comparator.naturalOrder()).orElse(0);
        return withVersion6(possible.entrySet().stream()
                .filter(entry -> entry.getValue() == longest)
                .map(Map.Entry::getKey)
                .toList());
    }

    private static boolean isAuthority(String rest, String suffix, Set<Authority> authorities, boolean labelled) {
        String before = rest.substring(0, rest.length() - suffix.length());
        return before.isEmpty()
                || authorities.stream()
                        .map(authority -> "." + authority.name())
                        .anyMatch(name -> before.equals(name) || (labelled && before.startsWith(name + ".")));
    }

    /// The name of a signature file beside an artifact.
    public static String name(String artifact, Optional<Authority> authority, String suffix) {
        return artifact + authority.map(name -> "." + name).orElse("") + suffix;
    }
}
