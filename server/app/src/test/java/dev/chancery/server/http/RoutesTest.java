// SPDX-License-Identifier: Apache-2.0
package dev.chancery.server.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RoutesTest {
    private static Route get(String path, String name) {
        return Route.of(Method.GET, path, name, request -> Answer.empty(204));
    }

    private static String find(Routes routes, String... path) {
        return routes.find(Method.GET, List.of(path))
                .map(found -> found.route().name() + found.variables())
                .orElse("none");
    }

    @Test
    void aWordGoesBeforeAVariableAndAVariableBeforeARest() {
        var routes = new Routes(List.of(
                get("/tags/{rest...}", "rest"),
                get("/tags/{name}", "name"),
                get("/tags/all", "all"),
                get("/", "root")));
        assertEquals("root{}", find(routes));
        assertEquals("all{}", find(routes, "tags", "all"));
        assertEquals("name{name=ALL}", find(routes, "tags", "ALL"));
        assertEquals("rest{rest=a/b}", find(routes, "tags", "a", "b"));
        assertEquals("none", find(routes, "tags"));
    }

    @Test
    void aVariableStandsForSomething() {
        var routes = new Routes(List.of(get("/tags/{name}", "name"), get("/tiles/{rest...}", "rest")));
        assertEquals("none", find(routes, "tags", ""));
        assertEquals("none", find(routes, "tags", "a", ""));
        assertEquals("none", find(routes, "tiles", ""));
        assertEquals("none", find(routes, "tiles", "a", "", "b"));
        assertEquals("none", find(routes, "tiles", "a", ""));
    }

    @Test
    void headIsAnsweredWhereGetIs() {
        var routes = new Routes(List.of(get("/a", "a"), Route.of(Method.PUT, "/b", "b", r -> Answer.empty(204))));
        assertEquals(
                "a",
                routes.find(Method.HEAD, List.of("a")).orElseThrow().route().name());
        assertEquals(Set.of(Method.GET, Method.HEAD, Method.OPTIONS), routes.methods(List.of("a")));
        assertEquals(Set.of(Method.PUT, Method.OPTIONS), routes.methods(List.of("b")));
        assertEquals(Set.of(), routes.methods(List.of("c")));
    }

    @Test
    void everyRouteCanBeListed() {
        var routes =
                new Routes(List.of(get("/b", "one"), get("/a", "two").query("x").repeatable("y")));
        assertEquals(
                List.of("two", "one"), routes.routes().stream().map(Route::name).toList());
        assertEquals(Set.of("x"), routes.routes().getFirst().query().once());
        assertEquals(Set.of("y"), routes.routes().getFirst().query().repeatable());
    }

    @Test
    void noTwoRoutesAreOfOneNameOrOneShape() {
        var twice = List.of(get("/a", "same"), get("/b", "same"));
        var shape = List.of(get("/a/{x}", "one"), get("/a/{y}", "two"));
        assertThrows(IllegalArgumentException.class, () -> new Routes(twice));
        assertThrows(IllegalArgumentException.class, () -> new Routes(shape));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "//", "/a//", "/{", "/a b", "/{a}/{a}", "/{a...}/b", "/%41", "/{}", "/{a-b}"})
    void whatIsNoTemplateIsAFaultOfTheProgram(String template) {
        assertThrows(IllegalArgumentException.class, () -> PathTemplate.parse(template));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "A", "a b", "a_b", "a234567890123456789012345678901234567890123456789"})
    void aNameIsALabel(String name) {
        assertThrows(IllegalArgumentException.class, () -> get("/", name));
        assertEquals(48, get("/", "a".repeat(48)).name().length());
    }

    @Test
    void templatesAreEqualWhenTheirTextsAre() {
        assertEquals(PathTemplate.parse("/a/{b}"), PathTemplate.parse("/a/{b}"));
        assertEquals(
                Map.of("b", "x"),
                PathTemplate.parse("/a/{b}").match(List.of("a", "x")).orElseThrow());
        assertTrue(PathTemplate.parse("/a/{b}").match(List.of("b", "x")).isEmpty());
    }

    @Test
    void aSlashAtTheEndIsPartOfThePath() {
        var folder = PathTemplate.parse("/a/{b}/");
        assertEquals(Map.of("b", "x"), folder.match(List.of("a", "x", "")).orElseThrow());
        assertTrue(folder.match(List.of("a", "x")).isEmpty());
        assertTrue(folder.match(List.of("a", "")).isEmpty());
        assertTrue(PathTemplate.parse("/a/{b}").match(List.of("a", "x", "")).isEmpty());
        assertTrue(
                PathTemplate.parse("/a/{b}/{c...}").match(List.of("a", "x", "")).isEmpty());
    }

    @Test
    void aTolerantRouteTakesWhatItDoesNotKnow() {
        assertTrue(get("/a", "one").query("x").tolerant().query("y").query().tolerant());
    }
}
