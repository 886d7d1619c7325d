// SPDX-License-Identifier: Apache-2.0
package dev.chancery.interop;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/// A stock verifier and how it is asked. The traps are those of the project's notes: gpg and gpgv exit with 0
/// for keys that are expired or revoked, so their status lines decide.
enum Judge {
    GPG(StockTool.GPG, ".asc", ".sig") {
        @Override
        boolean accepts(Case given) {
            String keyring = "./" + given.work().relativize(given.certificate());
            var answer = StockTool.GPG.run(
                    given.work(),
                    "--batch",
                    "--no-default-keyring",
                    "--keyring",
                    keyring,
                    "--trust-model",
                    "always",
                    "--status-fd",
                    "1",
                    "--verify",
                    given.signature().toString(),
                    given.file().toString());
            return answer.status() == 0 && answer.output().contains("[GNUPG:] GOODSIG ");
        }
    },
    GPGV(StockTool.GPGV, ".asc", ".sig") {
        @Override
        boolean accepts(Case given) {
            var answer = StockTool.GPGV.run(
                    given.work(),
                    "--status-fd",
                    "1",
                    "--keyring",
                    given.certificate().toString(),
                    given.signature().toString(),
                    given.file().toString());
            return answer.status() == 0 && answer.output().contains("[GNUPG:] GOODSIG ");
        }
    },
    SQV(StockTool.SQV, ".asc", ".sig") {
        @Override
        boolean accepts(Case given) {
            return StockTool.SQV
                            .run(
                                    given.work(),
                                    "--keyring",
                                    given.certificate().toString(),
                                    given.signature().toString(),
                                    given.file().toString())
                            .status()
                    == 0;
        }
    },
    SQOP(StockTool.SQOP, ".asc", ".sig") {
        @Override
        boolean accepts(Case given) {
            // The data comes on standard input, as bytes.
            var shell = List.of(
                    "sh",
                    "-c",
                    "exec sqop verify \"$1\" \"$2\" <\"$3\"",
                    "sqop",
                    given.signature().toString(),
                    given.certificate().toString(),
                    given.file().toString());
            return Answer.to(given.work(), StockTool.environment(given.work(), java.util.Map.of()), shell)
                            .status()
                    == 0;
        }
    },
    OPENSSL_DGST(StockTool.OPENSSL, ".raw.sig") {
        @Override
        boolean accepts(Case given) {
            return StockTool.OPENSSL
                            .run(
                                    given.work(),
                                    "dgst",
                                    "-sha256",
                                    "-verify",
                                    given.certificate().toString(),
                                    "-signature",
                                    given.signature().toString(),
                                    given.file().toString())
                            .status()
                    == 0;
        }

        @Override
        boolean reads(String authority) {
            return !authority.equals("raw-ed25519");
        }
    },
    OPENSSL_PKEYUTL(StockTool.OPENSSL, ".raw.sig") {
        @Override
        boolean accepts(Case given) {
            return StockTool.OPENSSL
                            .run(
                                    given.work(),
                                    "pkeyutl",
                                    "-verify",
                                    "-pubin",
                                    "-inkey",
                                    given.certificate().toString(),
                                    "-rawin",
                                    "-in",
                                    given.file().toString(),
                                    "-sigfile",
                                    given.signature().toString())
                            .status()
                    == 0;
        }

        @Override
        boolean reads(String authority) {
            return authority.equals("raw-ed25519");
        }
    };

    /// What a verifier is given.
    record Case(Path work, Path certificate, Path signature, Path file) {
        Case with(Path otherSignature, Path otherFile) {
            return new Case(work, certificate, otherSignature, otherFile);
        }

        Case by(Path otherCertificate) {
            return new Case(work, otherCertificate, signature, file);
        }
    }

    private final StockTool tool;

    @SuppressWarnings("ImmutableEnumChecker") // List.of makes lists that nobody can change
    private final List<String> suffixes;

    Judge(StockTool tool, String... suffixes) {
        this.tool = tool;
        this.suffixes = List.of(suffixes);
    }

    abstract boolean accepts(Case given);

    /// Whether the authority, named for its format and algorithm, is this tool's business.
    boolean reads(String authority) {
        return true;
    }

    boolean isOpenPgp() {
        return !suffixes.contains(".raw.sig");
    }

    void require() {
        tool.require();
    }

    /// The suffixes of the signature files that it is given.
    Stream<String> suffixes() {
        return suffixes.stream();
    }
}
