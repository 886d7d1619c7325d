// SPDX-License-Identifier: Apache-2.0
package dev.chancery.interop;

import static org.junit.jupiter.api.Assertions.fail;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/// A tool that people have already, and the package that it is in, of Debian where nothing else is said.
/// `.ci/run` installs them all.
public enum StockTool {
    GPG("gpg", "gnupg"),
    GPGV("gpgv", "gpgv"),
    SQ("sq", "sq"),
    SQV("sqv", "sqv"),
    SQOP("sqop", "sqop"),
    /// These two read version 6.
    SQOP_FORKY("sqop-forky", "sqop of the suite forky"),
    RSOP("rsop", "rsop of the suite forky"),
    OPENSSL("openssl", "openssl"),
    CURL("curl", "curl"),
    COSIGN("cosign", "cosign"),
    NOTATION("notation", "notation of the suite forky"),
    COSIGN_2("cosign2", "cosign of the suite trixie"),
    MINISIGN("minisign", "minisign"),
    SIGNIFY_OPENBSD("signify-openbsd", "signify-openbsd"),
    PACMAN_KEY("pacman-key", "pacman-package-manager"),
    SSH_KEYGEN("ssh-keygen", "openssh-client"),
    APT_GET("apt-get", "apt"),
    PACMAN("pacman", "pacman-package-manager"),
    RPMBUILD("rpmbuild", "rpm"),
    RPMSIGN("rpmsign", "rpm"),
    RPMKEYS("rpmkeys", "rpm"),
    REPO_ADD("repo-add", "pacman-package-manager"),
    BSDTAR("bsdtar", "libarchive-tools"),
    SSH("ssh", "openssh-client"),
    SSHD("sshd", "openssh-server"),
    SFTP("sftp", "openssh-client"),
    SOCAT("socat", "socat"),
    SH("sh", "dash"),
    GIT("git", "git"),
    MVN("mvn", "maven"),
    NGINX("nginx", "nginx"),
    DOCKER_REGISTRY("docker-registry", "docker-registry"),
    /// An object store with the API of S3, from its Go module: `.ci/run` tells how.
    VERSITYGW("versitygw", "github.com/versity/versitygw of Go's module proxy"),
    SKOPEO("skopeo", "skopeo"),
    /// This one copies all of an index.
    SKOPEO_TRIXIE("skopeo-trixie", "skopeo of the suite trixie"),
    /// From npm, by a script of ours that calls the library: `.ci/run` tells how.
    SIGSTORE_JS("sigstore-js-verify", "@sigstore/verify of npm"),
    /// From PyPI.
    MODEL_SIGNING("model_signing", "model-signing of PyPI"),
    SCHEMATHESIS("schemathesis", "schemathesis of PyPI"),
    OPENAPI_SPEC_VALIDATOR("openapi-spec-validator", "openapi-spec-validator of PyPI"),
    /// A real Vault, built by a script of ours from its Go module.
    VAULT_JUDGE("vault-judge", "enclave/keys/src/test/vault, whose script builds it"),
    /// What cosign has for `hashivault://`, which Debian's cosign is built without.
    TRANSIT_JUDGE("transit-judge", "tools/cli/src/test/judges/transit, whose script builds it");

    private final String command;
    private final String debianPackage;

    StockTool(String command, String debianPackage) {
        this.command = command;
        this.debianPackage = debianPackage;
    }

    /// Skips the test where the tool is missing, or fails it where it must not be.
    public void require() {
        if (!isHere()) {
            var complaint = "%s is not installed: it is in the package %s".formatted(command, debianPackage);
            if (System.getProperty("interop", "").equals("required")) {
                fail(complaint);
            }
            Assumptions.abort(complaint);
        }
    }

    public boolean isHere() {
        return Stream.of(path().split(":")).anyMatch(folder -> Files.isExecutable(Path.of(folder, command)));
    }

    /// System administrators' folders included: `pacman-key` may live there.
    private static String path() {
        return System.getenv("PATH") + ":/usr/sbin:/sbin";
    }

    /// Runs the tool in a directory that is also its home.
    public Answer run(Path home, String... arguments) {
        return run(home, Map.of(), List.of(arguments), "");
    }

    public Answer run(Path home, Map<String, String> more, List<String> arguments, String input) {
        require();
        var command = new ArrayList<>(List.of(this.command));
        command.addAll(arguments);
        return Answer.to(home, environment(home, more), command, input);
    }

    /// English messages, and nothing of the caller's but where programs are.
    public static Map<String, String> environment(Path home, Map<String, String> more) {
        var environment = new HashMap<>(Map.of(
                "PATH", path(),
                "HOME", home.toString(),
                "LC_ALL", "C",
                "TZ", "UTC",
                "GNUPGHOME", home.resolve("gnupg").toString()));
        // Where the libraries of SIGSTORE_JS are.
        Optional.ofNullable(System.getenv("NODE_PATH")).ifPresent(path -> environment.put("NODE_PATH", path));
        environment.putAll(more);
        return environment;
    }
}
