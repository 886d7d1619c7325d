// SPDX-License-Identifier: Apache-2.0
package dev.chancery.cli.kms;

import dev.chancery.algorithms.PublicKeyPem;
import dev.chancery.cli.Main;
import dev.chancery.cli.command.ExitStatus;
import dev.chancery.cli.files.Content;
import dev.chancery.cli.office.VerificationOptions;
import dev.chancery.cli.terminal.HintedException;
import dev.chancery.cli.terminal.Terminal;
import dev.chancery.core.Bytes;
import dev.chancery.core.ChanceryException;
import dev.chancery.core.Digest;
import dev.chancery.core.DigestAlgorithm;
import dev.chancery.core.FormatName;
import dev.chancery.core.MalformedException;
import dev.chancery.core.RefusedException;
import dev.chancery.core.UnavailableException;
import dev.chancery.enclave.libraries.Wiring;
import dev.chancery.files.FileCause;
import dev.chancery.files.KeyringDirectory;
import dev.chancery.hashing.Measured;
import dev.chancery.json.JsonFields;
import dev.chancery.key.KeyAlgorithm;
import dev.chancery.key.PublicKey;
import dev.chancery.key.Scheme;
import dev.chancery.verification.Finding;
import dev.chancery.verification.RejectedSignature;
import dev.chancery.verification.SignatureFile;
import dev.chancery.verification.VerifiedSignature;
import dev.chancery.verification.Verifier;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The entry of `sigstore-kms-chancery`.
public final class SigstoreKms {
    private static final FormatName RAW = new FormatName("raw");
    private static final String KEYRING = "CHANCERY_KEYRING";
    private static final String USAGE =
            "sigstore-kms-chancery is started by cosign for a key chancery://AUTHORITY, with two arguments: the"
                    + " protocol's version, and JSON";

    private final Terminal terminal;
    private final Wiring wiring = Wiring.ofLibraries();

    private SigstoreKms(Terminal terminal) {
        this.terminal = terminal;
    }

    public static void main(String[] arguments) {
        var terminal = Terminal.system();
        int status = run(terminal, List.of(arguments));
        terminal.out().flush();
        Runtime.getRuntime().halt(terminal.out().checkError() ? ExitStatus.UNAVAILABLE : status);
    }

    /// Whatever happens becomes an answer, which the caller shows, and a status.
    static int run(Terminal terminal, List<String> words) {
        try {
            if (words.size() != 2) {
                throw new MalformedException(USAGE);
            }
            var call = PluginCall.read(words.getFirst(), words.getLast());
            var answer = new SigstoreKms(terminal).answer(call);
            print(terminal, new JsonFields().put(call.method().field, answer.toJson()));
            return ExitStatus.DONE;
        } catch (HintedException e) {
            print(terminal, error(e.error().sentence() + " (" + e.hint() + ")"));
        } catch (ChanceryException e) {
            print(terminal, error(e.sentence()));
        }
        return 1;
    }

    private static JsonFields error(String sentence) {
        return new JsonFields().put("errorMessage", sentence);
    }

    private static void print(Terminal terminal, JsonFields fields) {
        terminal.out().println(fields.toJson().line());
    }

    private JsonFields answer(PluginCall call) {
        return switch (call.method()) {
            case PUBLIC_KEY ->
                new JsonFields()
                        .put(
                                "publicKeyPEM",
                                base64(PublicKeyPem.write(key(call)).getBytes(StandardCharsets.US_ASCII)));
            case SIGN -> new JsonFields().put("signature", base64(sign(call)));
            case VERIFY -> {
                verify(call);
                yield new JsonFields();
            }
            case DEFAULT_ALGORITHM ->
                new JsonFields().put("defaultAlgorithm", algorithms().getFirst());
            case SUPPORTED_ALGORITHMS -> new JsonFields().putTexts("supportedAlgorithms", algorithms());
            case CREATE_KEY ->
                throw new HintedException(
                        new RefusedException("create-key", "keys are not made by who signs with them"),
                        "'chancery authority add %s --format raw' makes one"
                                .formatted(call.key().authority()));
        };
    }

    private List<String> algorithms() {
        return wiring.formats().get(RAW).description().algorithms().stream()
                .map(KeyAlgorithm::label)
                .toList();
    }

    private static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }

    private KeyringDirectory keyring() {
        var named = Optional.ofNullable(terminal.environment().get(KEYRING)).filter(text -> !text.isEmpty());
        return VerificationOptions.keyring(terminal, named.map(Path::of), wiring);
    }

    /// The public key file of the authority that the call means, as far as a keyring is here.
    private Optional<Bytes> file(PluginCall call) {
        var files = keyring().files().getOrDefault(RAW, Map.of());
        return Optional.ofNullable(files.get(call.key().authority()));
    }

    private PublicKey key(PluginCall call) {
        var authority = call.key().authority();
        var file = file(call)
                .orElseThrow(() -> new RefusedException(
                        "no-key", "the keyring has no key of authority %s for raw signatures".formatted(authority)));
        var versions = PublicKeyPem.read(authority, file);
        if (call.version() > versions.size()) {
            throw new MalformedException(
                    "key %s has the versions 1 to %d, not %d".formatted(authority, versions.size(), call.version()));
        }
        var key = versions.get((call.version() == 0 ? versions.size() : call.version()) - 1);
        requireHash(call, key.scheme() == Scheme.ED25519);
        return key;
    }

    private static void requireHash(PluginCall call, boolean maySignContent) {
        if (call.hash() != PluginCall.SHA256 && !(call.hash() == 0 && maySignContent)) {
            throw new MalformedException("keys of the format raw sign with SHA-256 here, not with what Go numbers %d"
                    .formatted(call.hash()));
        }
    }

    /// A server's keys need not be in a keyring here; then it chooses.
    private Optional<PublicKey> chosen(PluginCall call) {
        try {
            return Optional.of(key(call));
        } catch (HintedException | RefusedException e) {
            if (!isServed() || call.version() != 0) {
                throw e;
            }
            requireHash(call, true);
            return Optional.empty();
        }
    }

    private boolean isServed() {
        return !terminal.environment().getOrDefault("CHANCERY_SERVER", "").isEmpty();
    }

    /// With a digest the message comes as well, from cosign. From who has only the digest it does not, and then
    /// nothing is signed.
    private byte[] sign(PluginCall call) {
        var message = new DigestInputStream(new BufferedInputStream(terminal.in()), sha256());
        call.digest().ifPresent(digest -> requireMessage(message, digest));
        byte[] signature = sign(message, words(call));
        var read = new Digest(DigestAlgorithm.SHA256, message.getMessageDigest().digest());
        if (!call.digest().map(read::equals).orElse(true)) {
            throw new MalformedException("the digest is not the message's");
        }
        return signature;
    }

    private static void requireMessage(DigestInputStream message, Digest digest) {
        try {
            message.on(false);
            message.mark(1);
            boolean empty = message.read() < 0;
            message.reset();
            message.on(true);
            if (empty && !digest.equals(new Digest(DigestAlgorithm.SHA256, sha256().digest()))) {
                throw new MalformedException("a message is signed here, and no digest without it");
            }
        } catch (IOException e) {
            throw new UnavailableException("standard input cannot be read: " + FileCause.of(e), e);
        }
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e); // every Java platform has it
        }
    }

    private List<String> words(PluginCall call) {
        var words = new ArrayList<>(
                List.of("sign", "--as", call.key().authority().name(), "--format", RAW.text(), "--output", "-"));
        words.addAll(List.of("--name", call.key().artifact().text()));
        chosen(call).ifPresent(key -> words.addAll(List.of("--key", key.id().hex())));
        if (isServed()) {
            words.add("--no-receipt");
        }
        words.add("-");
        return words;
    }

    private byte[] sign(InputStream message, List<String> words) {
        var made = new ByteArrayOutputStream();
        var said = new ByteArrayOutputStream();
        int done = Main.run(
                new Terminal(
                        message,
                        new PrintStream(made, true, StandardCharsets.UTF_8),
                        new PrintStream(said, true, StandardCharsets.UTF_8),
                        terminal.environment(),
                        terminal.clock()),
                words.toArray(String[]::new));
        if (done != ExitStatus.DONE) {
            throw new RefusedException(
                    "sign", said.toString(StandardCharsets.UTF_8).strip());
        }
        terminal.err().writeBytes(said.toByteArray());
        return made.toByteArray();
    }

    private void verify(PluginCall call) {
        var key = key(call);
        var authority = call.key().authority();
        var file = Bytes.of(PublicKeyPem.write(key).getBytes(StandardCharsets.US_ASCII));
        var keyring = keyring().read(Map.of(RAW, Map.of(authority, file)));
        var signature = call.signature().orElseThrow(() -> new MalformedException("there is no signature to verify"));
        var reading = new Verifier(keyring).read(List.of(new SignatureFile("signature", List.of(RAW), signature)));
        var measured = call.digest()
                .map(digest -> Measured.ofDigests(Map.of(DigestAlgorithm.SHA256, digest)))
                .orElseGet(() -> Content.standardInput(terminal, call.key().artifact())
                        .measure(terminal, wiring.hashes(), reading.measures()));
        var findings = reading.check(measured, terminal.clock().instant());
        if (findings.isEmpty() || !findings.stream().allMatch(VerifiedSignature.class::isInstance)) {
            throw new RefusedException("signature", "the signature does not count: " + why(findings));
        }
    }

    private static String why(List<Finding> findings) {
        return findings.stream()
                .filter(RejectedSignature.class::isInstance)
                .map(finding -> ((RejectedSignature) finding).sentence())
                .findFirst()
                .orElse("there is none");
    }
}
