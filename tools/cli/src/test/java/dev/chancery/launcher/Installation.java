// SPDX-License-Identifier: Apache-2.0
package dev.chancery.launcher;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import javax.tools.ToolProvider;

/// An application directory as Maven makes it, with the packaged scripts and a stand-in for the jars: a `Main`
/// that tells how it was started and a `Training` that does as the environment says.
///
/// @param root a new directory that holds all: `my app/`, `home/`
/// @param environment of the processes, instead of the caller's
record Installation(Path root, Map<String, String> environment) {

    /// What Maven packaged; the tests run in the module's directory.
    static final Path PACKAGED = Path.of("target/chancery").toAbsolutePath();

    static final Path JAVA_HOME = Path.of(System.getProperty("java.home"));

    private static final String MAIN = """
            package dev.chancery.cli;

            public class Main {
                public static void main(String[] arguments) throws Exception {
                    switch (arguments[0]) {
                        case "exit" -> System.exit(Integer.parseInt(arguments[1]));
                        case "cat" -> System.in.transferTo(System.out);
                        case "arguments" -> System.out.print(String.join("|", arguments));
                        default -> {
                            System.out.println("version VERSION");
                            var jvm = java.lang.management.ManagementFactory.getRuntimeMXBean();
                            jvm.getInputArguments().forEach(System.out::println);
                            System.out.println("environment " + System.getenv().keySet());
                            System.out.println("class path " + System.getProperty("java.class.path"));
                        }
                    }
                    System.out.flush();
                }
            }
            """;

    private static final String TRAINING = """
            package dev.chancery.cli;

            public class Training {
                public static void main(String[] arguments) throws Exception {
                    System.out.println("the training run's output is not the command's");
                    switch (System.getenv().getOrDefault("TRAINING", "")) {
                        case "fail" -> System.exit(1);
                        case "wait" -> Thread.sleep(60_000);
                        default -> Main.main(new String[] {"show"});
                    }
                }
            }
            """;

    static Installation in(Path root) throws IOException {
        Path app = root.resolve("my app");
        Files.createDirectories(app.resolve("bin"));
        Files.createDirectories(app.resolve("lib"));
        // Not by the umask: a home that a group may write is refused.
        Files.createDirectory(
                root.resolve("home"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        for (String script : List.of("bin/chancery", "lib/launch.sh", "lib/jvm-options.sh", "lib/find-jdk.sh")) {
            Files.copy(PACKAGED.resolve(script), app.resolve(script), StandardCopyOption.COPY_ATTRIBUTES);
        }
        var made = new Installation(
                root,
                Map.of(
                        "PATH", System.getenv("PATH"),
                        "HOME", root.resolve("home").toString(),
                        "JAVA_HOME", JAVA_HOME.toString()));
        made.installJar("1");
        Files.writeString(app.resolve("lib/app.sha256"), "0123456789abcdef\n");
        return made;
    }

    Path app() {
        return root.resolve("my app");
    }

    Path command() {
        return app().resolve("bin/chancery");
    }

    Path cacheDirectory() {
        return root.resolve("home/.cache/chancery");
    }

    /// Puts a jar of another version in the place of the one there.
    void installJar(String version) throws IOException {
        Path classes = Files.createTempDirectory(root, "classes");
        Path sources = Files.createTempDirectory(root, "sources");
        Path main = Files.writeString(sources.resolve("Main.java"), MAIN.replace("VERSION", version));
        Path training = Files.writeString(sources.resolve("Training.java"), TRAINING);
        int status = ToolProvider.getSystemJavaCompiler()
                .run(null, null, null, "-d", classes.toString(), main.toString(), training.toString());
        if (status != 0) {
            throw new IllegalStateException("the stand-in does not compile");
        }
        try (var jar = new JarOutputStream(Files.newOutputStream(app().resolve("lib/chancery-cli.jar")));
                Stream<Path> files = Files.walk(classes)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                jar.putNextEntry(new JarEntry(classes.relativize(file).toString()));
                Files.copy(file, jar);
            }
        }
    }

    /// The caches that are there, whole or not.
    List<Path> caches() throws IOException {
        if (!Files.isDirectory(cacheDirectory())) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(cacheDirectory())) {
            return files.sorted().toList();
        }
    }

    /// The one cache, made by a first start if need be.
    Path onlyCache() throws IOException, InterruptedException {
        run("show");
        List<Path> caches = caches();
        if (caches.size() != 1) {
            throw new AssertionError("not one cache: " + caches);
        }
        return caches.getFirst();
    }

    Run run(String... arguments) throws IOException, InterruptedException {
        return Run.of(root, environment, arguments(arguments));
    }

    Run run(Map<String, String> more, String... arguments) throws IOException, InterruptedException {
        var merged = new HashMap<>(environment);
        merged.putAll(more);
        merged.values().removeIf(String::isEmpty);
        return Run.of(root, merged, arguments(arguments));
    }

    private String[] arguments(String... arguments) {
        return Stream.concat(Stream.of(command().toString()), Stream.of(arguments))
                .toArray(String[]::new);
    }

    /// A directory that looks like a JDK and whose `java` prints its name and arguments.
    static Path fakeJdk(Path home, String version) throws IOException {
        Files.createDirectories(home.resolve("bin"));
        Files.writeString(
                home.resolve("release"),
                "IMPLEMENTOR=\"Nobody\"\nJAVA_RUNTIME_VERSION=\"" + version + "+1\"\nJAVA_VERSION=\"" + version
                        + "\"\n");
        for (String tool : List.of("java", "javac")) {
            script(home.resolve("bin").resolve(tool), "echo \"fake " + version + " $*\"");
        }
        return home;
    }

    static Path script(Path file, String body) throws IOException {
        Files.writeString(file, "#!/bin/sh\n" + body + "\n", UTF_8);
        if (!file.toFile().setExecutable(true)) {
            throw new IOException("cannot make " + file + " executable");
        }
        return file;
    }
}
