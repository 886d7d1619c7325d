// SPDX-License-Identifier: Apache-2.0
package dev.chancery.algorithms;

import static org.junit.jupiter.api.Assertions.fail;

import dev.chancery.core.Bytes;
import dev.chancery.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Assumptions;

/// The public test vectors, which are not copied into the project: `-Dvectors=DIR`, else `../shared/vectors`
/// beside the root of the tree. Without them a test says so and is skipped; with `-Dinterop=required` it fails.
final class PublicVectors {
    /// Bytes of one file of vectors.
    private static final int FILE_BYTES_MAX = 1 << 24;

    private PublicVectors() {}

    static Json read(String file) throws IOException {
        var path = folder().resolve(file);
        if (!Files.isRegularFile(path)) {
            var complaint = "The test vectors %s are not there: put them there or give -Dvectors=DIR.".formatted(path);
            if (System.getProperty("interop", "").equals("required")) {
                fail(complaint);
            }
            Assumptions.abort(complaint);
        }
        return Json.parse(Bytes.of(Files.readAllBytes(path)), file, FILE_BYTES_MAX)
                .json();
    }

    private static Path folder() {
        String given = System.getProperty("vectors", "");
        return given.isEmpty() ? root().resolveSibling("shared").resolve("vectors") : Path.of(given);
    }

    private static Path root() {
        for (var folder = Path.of("").toAbsolutePath(); folder != null; folder = folder.getParent()) {
            if (Files.isDirectory(folder.resolve("lib")) && Files.isDirectory(folder.resolve("house"))) {
                return folder;
            }
        }
        throw new IllegalStateException("run this inside the tree");
    }

    static Json field(Json object, String name) {
        return Objects.requireNonNull(((Json.Members) object).fields().get(name), name);
    }

    static List<Json> list(Json object, String name) {
        return list(field(object, name));
    }

    static List<Json> list(Json array) {
        return array instanceof Json.Elements elements ? elements.list() : List.of();
    }

    static String text(Json object, String name) {
        return ((Json.Text) field(object, name)).value();
    }

    static byte[] hex(Json object, String name) {
        return HexFormat.of().parseHex(text(object, name));
    }

    /// The flags of a test; CCTV writes none as `null`.
    static Set<String> flags(Json test) {
        return list(test, "flags").stream()
                .map(flag -> ((Json.Text) flag).value())
                .collect(Collectors.toSet());
    }
}
