// SPDX-License-Identifier: Apache-2.0
package dev.chancery.server.api;

import dev.chancery.core.ArtifactName;
import dev.chancery.core.Authority;
import dev.chancery.core.DigestAlgorithm;
import dev.chancery.core.Encoding;
import dev.chancery.core.FormatName;
import dev.chancery.core.MalformedException;
import dev.chancery.core.Requester;
import dev.chancery.formats.Formats;
import dev.chancery.hashing.ContentPass;
import dev.chancery.hashing.Measure;
import dev.chancery.hashing.Measured;
import dev.chancery.hashing.Salt;
import dev.chancery.key.KeyId;
import dev.chancery.protocol.SigningRequest;
import dev.chancery.server.http.Request;
import dev.chancery.server.signing.Enclaves;
import java.io.IOException;
import java.nio.channels.Channels;
import java.util.HashSet;
import java.util.List;

/// Content that comes whole: `POST /v1/signatures?authority=qa&format=openpgp&artifact=app.jar` with the
/// artifact as the body. It is hashed as it comes, and kept nowhere; but for formats that sign the content
/// itself, up to 1 MiB.
final class Streamed {
    private static final List<String> PARAMETERS = List.of("authority", "format", "encoding", "artifact", "key");

    private final Enclaves enclaves;
    private final Formats formats;
    private final ContentPass pass;

    Streamed(ApiParts parts) {
        this.enclaves = parts.enclaves();
        this.formats = parts.formats();
        this.pass = new ContentPass(parts.hashes());
    }

    static SigningRequest.Target target(Request request) {
        return new SigningRequest.Target(
                required(request, "authority", Authority::new),
                required(request, "format", FormatName::new),
                request.query("key", KeyId::new));
    }

    private static <T> T required(Request request, String parameter, java.util.function.Function<String, T> parse) {
        return request.query(parameter, parse)
                .orElseThrow(() -> new MalformedException("the query lacks the parameter " + parameter));
    }

    /// In JSON the request says everything itself.
    static void requireNoQuery(Request request) {
        for (String parameter : PARAMETERS) {
            request.query(parameter).ifPresent(value -> {
                throw new MalformedException("with a request in JSON the query says nothing: " + parameter);
            });
        }
    }

    /// @param requester who asks, to whom the enclave issues a salt where the format has one
    SigningRequest read(Request request, SigningRequest.Target target, Requester requester) throws IOException {
        var name = required(request, "artifact", ArtifactName::new);
        var format = formats.get(target.format());
        var encoding = request.query("encoding", Encoding::parse)
                .orElse(format.description().defaultEncoding());
        format.description().suffix(encoding);
        var key = enclaves.choose(target);
        var salt = format.signing().saltBytes() == 0
                ? Salt.NONE
                : enclaves.salts(requester, target, 1).getFirst();
        var measures = new HashSet<>(format.signing().measures(key.publicKey().scheme(), encoding, salt));
        measures.add(Measure.digest(DigestAlgorithm.SHA256)); // by which the log finds it
        measures.add(Measure.digest(DigestAlgorithm.SHA512));
        try (var body = request.stream()) {
            Measured content = pass.measure(Channels.newChannel(body), measures);
            return new SigningRequest(target, encoding, name, content);
        }
    }
}
