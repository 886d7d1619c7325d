// SPDX-License-Identifier: Apache-2.0
package dev.chancery.cli.demo;

import dev.chancery.core.Encoding;
import dev.chancery.key.KeyAlgorithm;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/// A tool that is not ours and judges our signatures.
///
/// @param tool how people call it, and where they get it
/// @param judges the forms of signatures that this command line is for
/// @param command its words; `{signature}`, `{artifact}` and `{authority}` are filled in, `< FILE` is
/// standard input
/// @param reading how its verdict is read
record StockVerifier(Tool tool, Predicate<Specimen.Form> judges, String command, Reading reading) {
    /// @param name as people call it: `openssl dgst`
    /// @param debianPackage where Debian has it
    /// @param keys what `chancery keyring export --for` is asked for, so that there are public keys that it
    /// reads
    record Tool(String name, String debianPackage, String keys) {
        /// The program to look for.
        String program() {
            return name.split(" ", -1)[0];
        }
    }

    private static final Tool GPGV = new Tool("gpgv", "gpgv", "gpg");
    private static final Tool GPG = new Tool("gpg", "gpg", "gpg");
    private static final Tool SQV = new Tool("sqv", "sqv", "gpg");
    private static final Tool SQOP = new Tool("sqop", "sqop", "gpg");
    private static final Tool DGST = new Tool("openssl dgst", "openssl", "openssl");
    private static final Tool COSIGN = new Tool("cosign", "cosign", "cosign");
    private static final Tool COSIGN_ATTESTATION = new Tool("cosign verify-blob-attestation", "cosign", "cosign");
    private static final Tool PKEYUTL = new Tool("openssl pkeyutl", "openssl", "openssl");
    private static final Tool MINISIGN = new Tool("minisign", "minisign", "minisign");
    private static final Tool SIGNIFY = new Tool("signify-openbsd", "signify-openbsd", "signify");

    private static final Tool CMS = new Tool("openssl cms", "openssl", "openssl");

    private static final Tool SSH_KEYGEN = new Tool("ssh-keygen", "openssh-client", "ssh");

    /// Every tool that is asked, with every command line that it is asked with.
    static final List<StockVerifier> ALL = List.of(
            new StockVerifier(
                    GPGV,
                    StockVerifier::isDetachedOpenPgp,
                    "gpgv --status-fd 1 --keyring keys/{authority}.gpg {signature} {artifact}",
                    Reading.GNUPG),
            new StockVerifier(
                    GPGV,
                    StockVerifier::isCleartextOpenPgp,
                    "gpgv --status-fd 1 --keyring keys/{authority}.gpg {signature}",
                    Reading.GNUPG),
            new StockVerifier(
                    GPG,
                    StockVerifier::isDetachedOpenPgp,
                    "gpg --homedir gnupg --status-fd 1 --verify {signature} {artifact}",
                    Reading.GNUPG),
            new StockVerifier(
                    GPG,
                    StockVerifier::isCleartextOpenPgp,
                    "gpg --homedir gnupg --status-fd 1 --verify {signature}",
                    Reading.GNUPG),
            new StockVerifier(
                    SQV,
                    StockVerifier::isDetachedOpenPgp,
                    "sqv --keyring keys/{authority}.gpg {signature} {artifact}",
                    Reading.STATUS),
            new StockVerifier(
                    SQOP,
                    StockVerifier::isDetachedOpenPgp,
                    "sqop verify {signature} keys/{authority}.gpg < {artifact}",
                    Reading.STATUS),
            new StockVerifier(
                    DGST,
                    StockVerifier::isRawOverDigest,
                    "openssl dgst -sha256 -verify keys/{authority}.pem -signature {signature} {artifact}",
                    Reading.STATUS),
            new StockVerifier(
                    PKEYUTL,
                    StockVerifier::isRawOverContent,
                    "openssl pkeyutl -verify -pubin -inkey keys/{authority}.pem -rawin -in {artifact} -sigfile"
                            + " {signature}",
                    Reading.STATUS),
            new StockVerifier(
                    COSIGN,
                    form -> form.is("sigstore"),
                    "cosign verify-blob --new-bundle-format --trusted-root keys/trusted_root.json"
                            + " --insecure-ignore-tlog=true --key keys/{authority}.cosign.pub --bundle {signature}"
                            + " {artifact}",
                    Reading.STATUS),
            new StockVerifier(
                    COSIGN_ATTESTATION,
                    form -> form.is("statement"),
                    "cosign verify-blob-attestation --new-bundle-format --trusted-root keys/trusted_root.json"
                            + " --insecure-ignore-tlog=true --type https://chancery.dev/attestation/parameters/v1"
                            + " --key keys/{authority}.statement.cosign.pub --bundle {signature} {artifact}",
                    Reading.STATUS),
            new StockVerifier(
                    MINISIGN,
                    form -> form.is("minisign"),
                    "minisign -V -p keys/{authority}.minisign.pub -x {signature} -m {artifact}",
                    Reading.STATUS),
            new StockVerifier(
                    SIGNIFY,
                    form -> form.is("signify"),
                    "signify-openbsd -V -p keys/{authority}.signify.pub -x {signature} -m {artifact}",
                    Reading.STATUS),
            new StockVerifier(
                    SSH_KEYGEN,
                    form -> form.is("sshsig"),
                    "ssh-keygen -Y verify -f keys/allowed_signers -I {authority} -n file -s {signature} < {artifact}",
                    Reading.STATUS),
            new StockVerifier(
                    CMS,
                    form -> form.is("cms"),
                    "openssl cms -verify -binary -inform DER -in {signature} -content {artifact} -CAfile"
                            + " keys/{authority}.cms.pem -partial_chain -purpose any -out /dev/null",
                    Reading.STATUS));

    /// The command line for a signature in a folder.
    ShellCommand on(Specimen specimen, String folder) {
        var words = Arrays.stream(command.split(" ", -1))
                .map(word -> word.replace("{authority}", specimen.authority())
                        .replace("{signature}", folder + "/" + specimen.file())
                        .replace("{artifact}", folder + "/" + specimen.artifact()))
                .toList();
        int redirection = words.indexOf("<");
        return redirection < 0
                ? new ShellCommand(words, Optional.empty())
                : new ShellCommand(words.subList(0, redirection), Optional.of(words.get(redirection + 1)));
    }

    private static boolean isDetachedOpenPgp(Specimen.Form form) {
        return form.is("openpgp") && form.encoding() != Encoding.CLEARTEXT;
    }

    private static boolean isCleartextOpenPgp(Specimen.Form form) {
        return form.is("openpgp") && form.encoding() == Encoding.CLEARTEXT;
    }

    private static boolean isRawOverDigest(Specimen.Form form) {
        return form.is("raw") && form.algorithm() != KeyAlgorithm.ED25519;
    }

    private static boolean isRawOverContent(Specimen.Form form) {
        return form.is("raw") && form.algorithm() == KeyAlgorithm.ED25519;
    }
}
