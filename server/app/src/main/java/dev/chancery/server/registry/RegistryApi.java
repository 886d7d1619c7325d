// SPDX-License-Identifier: Apache-2.0
package dev.chancery.server.registry;

import dev.chancery.core.Bytes;
import dev.chancery.core.DigestAlgorithm;
import dev.chancery.core.MalformedException;
import dev.chancery.core.UnavailableException;
import dev.chancery.files.FileCause;
import dev.chancery.hashing.Hashes;
import dev.chancery.json.Json;
import dev.chancery.json.JsonFields;
import dev.chancery.server.api.Digests;
import dev.chancery.server.api.Guard;
import dev.chancery.server.http.Answer;
import dev.chancery.server.http.HttpProblem;
import dev.chancery.server.http.Media;
import dev.chancery.server.http.Method;
import dev.chancery.server.http.Problem;
import dev.chancery.server.http.ProblemType;
import dev.chancery.server.http.Request;
import dev.chancery.server.http.Route;
import dev.chancery.server.registry.manifest.PackageArchive;
import dev.chancery.server.registry.manifest.PackageId;
import dev.chancery.server.registry.manifest.RegistryPackage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// The calls of the registry.
public final class RegistryApi {
    /// How long what is told of packages may lie in a cache, so that a new one is soon seen.
    private static final Duration TOLD = Duration.ofMinutes(1);
    /// How long files may.
    private static final Duration FILES = Duration.ofMinutes(5);

    /// Packages of an answer that is made before it is sent.
    static final int WHOLE_MAX = 64;
    /// Bytes of a file that is read before it is sent, and of which a part can be asked for.
    static final int FILE_WHOLE_BYTES_MAX = 1 << 20;

    private static final String NAME = "name";
    private static final String VERSION = "version";
    private static final String FILE = "file";
    private static final String ZIP = "application/zip";
    private static final String PGP_SIGNATURE = "application/pgp-signature";
    /// What a browser shall do with files of strangers: show them, and run nothing (CSP level 3, section 6).
    private static final String HARMLESS = "default-src 'none'; style-src 'unsafe-inline'; sandbox";
    private static final Map<String, String> TYPES = Map.of(
            "png", "image/png",
            "jpg", "image/jpeg",
            "jpeg", "image/jpeg",
            "gif", "image/gif",
            "svg", "image/svg+xml",
            "md", "text/markdown; charset=utf-8",
            "yml", "text/yaml; charset=utf-8",
            "json", Media.JSON,
            "txt", Media.TEXT);

    private final Guard guard;
    private final PackageFolder folder;
    private final Optional<Intake> intake;

    /// Throws `UnavailableException` where the folder cannot be read, and `MalformedException` for a policy that is
    /// none.
    public RegistryApi(Guard guard, RegistryPlan plan, Verification verification) {
        this.guard = guard;
        this.folder = new PackageFolder(plan.packages(), System::nanoTime);
        this.intake = plan.uploads()
                .map(uploads -> new Intake(
                        folder,
                        new Intake.Rules(
                                uploads.policy(),
                                verification.keyring(),
                                verification.hashes(),
                                verification.clock(),
                                uploads.packageBytesMax())));
    }

    /// By what packages are verified that come in.
    public record Verification(Path keyring, Hashes hashes, InstantSource clock) {}

    public List<Route> routes() {
        var routes = new ArrayList<>(List.of(
                Route.of(Method.GET, "/search", "registry-search", this::search)
                        .query(PackageQuery.PARAMETERS)
                        .query(PackageQuery.SEARCH_PARAMETERS)
                        .repeatable(PackageQuery.DISCOVERY)
                        .tolerant(),
                Route.of(Method.GET, "/categories", "registry-categories", this::categories)
                        .query(PackageQuery.PARAMETERS)
                        .query("include_policy_templates")
                        .repeatable(PackageQuery.DISCOVERY)
                        .tolerant(),
                Route.of(Method.GET, "/package/{name}/{version}/", "registry-package", this::describe)
                        .tolerant(),
                Route.of(Method.GET, "/package/{name}/{version}", "registry-package-moved", RegistryApi::moved)
                        .tolerant(),
                Route.of(Method.GET, "/package/{name}/{version}/{file...}", "registry-file", this::file)
                        .tolerant(),
                Route.of(Method.GET, "/health", "registry-health", request -> Answer.empty(200))
                        .tolerant()
                        .vital(),
                Route.of(Method.GET, "/epr/{name}/{file}", "registry-download", this::download)
                        .tolerant()));
        intake.ifPresent(in -> routes.add(
                Route.of(Method.PUT, "/epr/{name}/{file}", "registry-upload", request -> upload(request, in))));
        return routes;
    }

    /// Files that are not handed out, a sentence each.
    public List<String> faults() {
        return folder.faults();
    }

    private Answer search(Request request) throws IOException {
        var found = folder.index().search(PackageQuery.ofSearch(request));
        if (found.size() > WHOLE_MAX) {
            return Answer.written(200, Media.JSON, out -> write(found, out)).cached(TOLD);
        }
        var whole = new ByteArrayOutputStream();
        write(found, whole);
        return told(Bytes.of(whole.toByteArray()));
    }

    /// Piece by piece: many who ask for all of a large registry, and read slowly, must not fill the memory.
    private static void write(List<Bytes> found, OutputStream out) throws IOException {
        out.write('[');
        String before = "\n";
        for (Bytes one : found) {
            out.write(before.getBytes(StandardCharsets.UTF_8));
            out.write(one.toArray());
            before = ",\n";
        }
        out.write("\n]\n".getBytes(StandardCharsets.UTF_8));
    }

    private Answer categories(Request request) {
        boolean templates = PackageQuery.flag(request, "include_policy_templates");
        return told(new Json.Elements(folder.index().categories(PackageQuery.ofCategories(request), templates)));
    }

    private static Answer told(Json json) {
        return told(Bytes.of(json.pretty().getBytes(StandardCharsets.UTF_8)));
    }

    private static Answer told(Bytes bytes) {
        return Answer.bytes(200, Media.JSON, bytes)
                .cached(TOLD)
                .etag(Digests.of(DigestAlgorithm.SHA256, bytes).hex());
    }

    private Answer describe(Request request) {
        return told(folder.describe(found(request, folder.index())));
    }

    private static RegistryPackage found(Request request, PackageIndex index) {
        return index.find(id(request)).orElseThrow(RegistryApi::noPackage);
    }

    private static PackageId id(Request request) {
        return PackageId.of(request.path(NAME), request.path(VERSION)).orElseThrow(RegistryApi::noPackage);
    }

    private static HttpProblem noPackage() {
        return notFound("There is no such package");
    }

    private static HttpProblem notFound(String sentence) {
        return new HttpProblem(Problem.of(ProblemType.NOT_FOUND, sentence));
    }

    /// The same path with a slash at its end.
    private static Answer moved(Request request) {
        return Answer.empty(301).with("Location", id(request).path() + "/");
    }

    private Answer file(Request request) {
        var id = found(request, folder.index()).id();
        String name = request.path(FILE);
        try (var archive = PackageArchive.open(folder.file(id.file()), id)) {
            long size = archive.size(name).orElseThrow(() -> notFound("There is no such file in the package"));
            if (size > PackageArchive.FILE_BYTES_MAX) {
                throw notFound("The file is too long to be handed out by itself: download the package");
            }
            String suffix = name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
            String type = TYPES.getOrDefault(suffix, Media.BYTES);
            var answer = size > FILE_WHOLE_BYTES_MAX
                    ? Answer.written(200, type, out -> copy(id, name, out))
                    : whole(type, archive.read(name, FILE_WHOLE_BYTES_MAX).orElseThrow());
            return answer.with("Content-Security-Policy", HARMLESS).cached(FILES);
        } catch (IOException e) {
            throw new UnavailableException("package %s cannot be read: %s".formatted(id, FileCause.of(e)), e);
        }
    }

    private static Answer whole(String type, Bytes bytes) {
        return Answer.bytes(200, type, bytes)
                .ranged()
                .etag(Digests.of(DigestAlgorithm.SHA256, bytes).hex());
    }

    private void copy(PackageId id, String name, OutputStream out) throws IOException {
        try (var archive = PackageArchive.open(folder.file(id.file()), id)) {
            archive.copy(name, out);
        } catch (MalformedException e) {
            throw new IOException("the package was replaced", e);
        }
    }

    private Answer download(Request request) throws IOException {
        String name = request.path(FILE);
        var id = named(request, name);
        boolean there = folder.index().find(id).isPresent();
        if (!there) {
            var mine = intake.flatMap(in -> guard.known(request).flatMap(requester -> in.waiting(requester, name)));
            return Answer.file(Media.BYTES, mine.orElseThrow(RegistryApi::noPackage));
        }
        Path file = folder.file(name);
        var stamp = PackageFolder.Stamp.of(file).orElseThrow(() -> notFound("The package has no such file beside it"));
        return Answer.file(type(name), file).cached(FILES).etag(stamp.tag());
    }

    private static PackageId named(Request request, String name) {
        var id = Intake.required(name);
        if (!id.name().equals(request.path(NAME))) {
            throw notFound("The package of this file is not called so");
        }
        return id;
    }

    private static String type(String name) {
        return name.endsWith(PackageId.SUFFIX)
                ? ZIP
                : name.endsWith(PackageId.SUFFIX + PackageFolder.SIGNATURE) ? PGP_SIGNATURE : Media.BYTES;
    }

    private Answer upload(Request request, Intake in) throws IOException {
        var requester = guard.may(request, Guard.Duty.UPLOAD);
        String name = request.path(FILE);
        var id = named(request, name);
        if (Files.exists(folder.file(id.file()))) {
            throw new HttpProblem(Problem.of(
                    ProblemType.CONFLICT, "There is a package %s already; nothing is replaced".formatted(id)));
        }
        try (var body = request.stream()) {
            if (name.equals(id.file())) {
                in.publish(requester, id, body);
            } else {
                in.keep(requester, name, body);
            }
        }
        var json = new JsonFields()
                .put("file", name)
                .put("published", name.equals(id.file()))
                .toJson();
        return Answer.json(201, json).with("Location", "/epr/%s/%s".formatted(id.name(), name));
    }
}
