// SPDX-License-Identifier: Apache-2.0
package dev.chancery.server.listener;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.chancery.json.JsonFields;
import dev.chancery.server.http.Answer;
import dev.chancery.server.http.Method;
import dev.chancery.server.http.Route;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import org.junit.jupiter.api.Test;

class HttpListenerTest {
    private static final Route ECHO = Route.of(Method.POST, "/echo/{name}", "echo", request -> {
        long x = request.json(100, o -> o.integer("x", 0, 9));
        return Answer.json(
                201,
                new JsonFields().put("name", request.path("name")).put("x", x).toJson());
    });

    @Test
    void getsAndPostsOverBothVersions() throws Exception {
        var hello = Route.of(Method.GET, "/hello", "hello", request -> Answer.text(200, "hello"));
        try (var server = TestServer.of(hello, ECHO);
                var client = HttpClient.newHttpClient()) {
            for (var version : HttpClient.Version.values()) {
                var get = HttpRequest.newBuilder(URI.create(server.url("/hello")))
                        .version(version)
                        .build();
                var answer = client.send(get, BodyHandlers.ofString());
                assertEquals("hello", answer.body());
                var post = HttpRequest.newBuilder(URI.create(server.url("/echo/a%20b")))
                        .version(version)
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString("{\"x\":7}"))
                        .build();
                assertEquals(
                        "{\"name\":\"a b\",\"x\":7}\n",
                        client.send(post, BodyHandlers.ofString()).body());
            }
        }
    }
}
