// SPDX-License-Identifier: Apache-2.0
package dev.chancery.server.api;

import dev.chancery.core.Bytes;
import dev.chancery.server.http.Answer;
import dev.chancery.server.http.Media;
import dev.chancery.server.http.Method;
import dev.chancery.server.http.Route;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

/// The description of all calls for programs (OpenAPI 3.1), which lies beside this class. A test compares it
/// with the routes that there are.
final class DescriptionApi {
    private static final String FILE = "openapi.json";

    List<Route> routes() {
        var answer = Cached.answer(Answer.bytes(200, Media.JSON, document()));
        return List.of(Route.of(Method.GET, "/v1/openapi.json", "description", request -> answer));
    }

    static Bytes document() {
        try (var file = DescriptionApi.class.getResourceAsStream(FILE)) {
            if (file == null) {
                throw new IllegalStateException(FILE + " is not in the program");
            }
            return Bytes.of(file.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
