// SPDX-License-Identifier: Apache-2.0
package dev.chancery.cli.rehearsal;

import dev.chancery.life.Forecast;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;

/// An empty package of rpm's. rpmsign has the program sign that the macro `__gpg_sign_cmd` names; one that only
/// writes down what it is given shows what is to be signed, and one that hands over a signature puts it in.
final class RpmPackage {
    static final String FILE = "rehearsal.rpm";
    /// What is to be signed.
    static final String PLAIN = "plain";
    /// The signature, as packets.
    static final String SIGNATURE = "plain.sig";

    private static final Pattern VERSION = Pattern.compile("RPM version (\\d+)\\.(\\d+)");

    /// From this minor version of 4 on, rpm verifies with Sequoia.
    private static final int SEQUOIA_MINOR = 20;

    private static final String SPEC = """
            Name: rehearsal
            Version: 1
            Release: 1
            Summary: Nothing
            License: none
            BuildArch: noarch
            %description
            Nothing.
            %files
            """;

    private RpmPackage() {}

    static boolean isPossible(Programs programs) {
        return programs.has("rpmbuild", "rpmsign", "rpmkeys");
    }

    /// Of which kind rpm is, where all of its tools are there.
    static Optional<Forecast.Verifier> verifier(Programs programs, Path directory) {
        if (!programs.has("rpmbuild", "rpmsign", "rpmkeys")) {
            return Optional.empty();
        }
        var version =
                VERSION.matcher(programs.run(directory, "rpmkeys", "--version").output());
        return version.find() && version.group(1).equals("4")
                ? Optional.of(
                        Integer.parseInt(version.group(2)) < SEQUOIA_MINOR
                                ? Forecast.Verifier.RPM_4_18
                                : Forecast.Verifier.RPM_4_20)
                : Optional.empty();
    }

    /// Makes the package in `directory`, and beside it [#PLAIN].
    static void make(Programs programs, Path directory) {
        SandboxFiles.write(directory.resolve("rehearsal.spec"), SPEC);
        programs.done(
                directory,
                "rpmbuild",
                "-bb",
                "--quiet",
                "--define",
                "_topdir " + directory,
                "--define",
                "_tmppath " + directory,
                "--define",
                "_rpmdir " + directory,
                "--define",
                "_build_name_fmt " + FILE,
                "rehearsal.spec");
        // It fails, for there is no signature; and the package stays as it is.
        programs.run(directory, signing("cat %{__plaintext_filename} >" + PLAIN));
    }

    /// Puts a signature into the package in `directory`, and the certificate into a database there.
    static void finish(Programs programs, Path directory, Path certificate) {
        // Who signs has to read what is to be signed: rpmsign waits for it.
        programs.done(
                directory,
                signing("cat %{__plaintext_filename} >/dev/null; cp " + SIGNATURE + " %{__signature_filename}"));
        Path database = directory.resolve("db");
        SandboxFiles.make(database);
        programs.done(directory, "rpmkeys", "--dbpath", database.toString(), "--import", certificate.toString());
    }

    private static String[] signing(String script) {
        return new String[] {
            "rpmsign",
            "--define",
            "_gpg_name anyone",
            "--define",
            "__gpg_sign_cmd /bin/sh sh -c '" + script + "'",
            "--addsign",
            FILE
        };
    }
}
