// SPDX-License-Identifier: Apache-2.0
package dev.chancery.cli.kms;

import dev.chancery.core.Bytes;
import dev.chancery.core.Digest;
import dev.chancery.core.DigestAlgorithm;
import dev.chancery.core.MalformedException;
import dev.chancery.core.Signature;
import dev.chancery.json.Json;
import dev.chancery.json.JsonObject;
import dev.chancery.json.JsonValue;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/// What the second argument says. A field that is not known may mean anything, and is malformed.
///
/// @param version of the key, 0 for the last
/// @param hash as Go numbers them
/// @param digest of the message, which then does not come
/// @param signature that is to be verified
record PluginCall(
        Method method, KeyResource key, int version, int hash, Optional<Digest> digest, Optional<Bytes> signature) {
    /// Linux has at most so many bytes in one argument.
    static final int BYTES_MAX = 131_072;

    static final int SHA256 = 5;

    private static final String PROTOCOL = "v1";
    private static final int VERSIONS_MAX = 9_999;

    enum Method {
        PUBLIC_KEY("publicKey"),
        SIGN("signMessage"),
        VERIFY("verifySignature"),
        DEFAULT_ALGORITHM("defaultAlgorithm"),
        SUPPORTED_ALGORITHMS("supportedAlgorithms"),
        CREATE_KEY("createKey");

        /// What it is called, and the fields of its arguments and answer.
        final String field;

        Method(String field) {
            this.field = field;
        }

        private static Method of(String name) {
            for (Method method : values()) {
                if (method.field.equals(name)) {
                    return method;
                }
            }
            throw MalformedException.value("method", name, "is none of protocol " + PROTOCOL);
        }
    }

    /// What the options of the key and of the method have; the method's go before.
    private record Options(
            Optional<Integer> version, Optional<Integer> hash, Optional<Digest> digest, Optional<Bytes> signature) {
        private static final Options NONE = of(Optional.empty(), Optional.empty());

        private static Options of(Optional<Integer> version, Optional<Integer> hash) {
            return new Options(version, hash, Optional.empty(), Optional.empty());
        }

        private Options or(Options others) {
            return new Options(version.or(() -> others.version), hash.or(() -> others.hash), digest, signature);
        }

        private Options with(Bytes read) {
            return new Options(version, hash, digest, Optional.of(read));
        }
    }

    private record Start(KeyResource key, Options options) {}

    static PluginCall read(String protocol, String arguments) {
        requireProtocol(protocol);
        return Json.parse(Bytes.of(arguments.getBytes(StandardCharsets.UTF_8)), "arguments", BYTES_MAX)
                .object(PluginCall::read);
    }

    private static void requireProtocol(String version) {
        if (!version.equals(PROTOCOL)) {
            throw MalformedException.value("protocol version", version, "is not spoken here, only " + PROTOCOL);
        }
    }

    private static PluginCall read(JsonObject object) {
        var start = object.object("initOptions", PluginCall::start);
        var method = object.text("methodName", Method::of);
        var options = present(object, method.field)
                .map(value -> value.object(each -> options(method, each)))
                .orElse(Options.NONE)
                .or(start.options());
        return new PluginCall(
                method,
                start.key(),
                options.version().orElse(0),
                options.hash().orElse(SHA256),
                options.digest(),
                options.signature());
    }

    private static Start start(JsonObject object) {
        requireProtocol(object.text("protocolVersion"));
        object.optional("ctxDeadline"); // the caller kills who is late
        var version = present(object, "rpcOptions").flatMap(value -> value.object(PluginCall::version));
        int hash = Math.toIntExact(object.integer("hashFunc", 0, Byte.MAX_VALUE));
        var options = Options.of(version, Optional.of(hash));
        return new Start(object.text("keyResourceID", KeyResource::parse), options);
    }

    private static Options options(Method method, JsonObject arguments) {
        return switch (method) {
            case PUBLIC_KEY -> options(arguments, "publicKeyOptions");
            case SIGN -> options(arguments, "signOptions");
            case VERIFY ->
                options(arguments, "verifyOptions")
                        .with(arguments.text("signature", text -> decoded("signature", text)));
            case DEFAULT_ALGORITHM, SUPPORTED_ALGORITHMS -> Options.NONE;
            case CREATE_KEY -> {
                arguments.optional("ctxDeadline");
                arguments.optional("algorithm");
                yield Options.NONE;
            }
        };
    }

    private static Options options(JsonObject arguments, String name) {
        return present(arguments, name)
                .map(value -> value.object(options -> {
                    var version = present(options, "rpcOptions").flatMap(rpc -> rpc.object(PluginCall::version));
                    return present(options, "messageOptions")
                            .map(message -> message.object(each -> message(each, version)))
                            .orElse(Options.of(version, Optional.empty()));
                }))
                .orElse(Options.NONE);
    }

    private static Options message(JsonObject object, Optional<Integer> version) {
        var digest = present(object, "digest").map(value -> value.text(PluginCall::digest));
        var hash = present(object, "hashFunc").map(value -> Math.toIntExact(value.integer(0, Byte.MAX_VALUE)));
        return new Options(version, hash, digest, Optional.empty());
    }

    private static Optional<Integer> version(JsonObject object) {
        object.optional("ctxDeadline");
        object.optional("remoteVerification"); // verified is always here, by the keyring
        return present(object, "keyVersion").map(value -> value.text(PluginCall::number));
    }

    private static Integer number(String text) {
        if (text.isEmpty()) {
            return 0;
        }
        if (!text.matches("[0-9]{1,4}") || Integer.parseInt(text) > VERSIONS_MAX) {
            throw MalformedException.value("key version", text, "is not 1 to " + VERSIONS_MAX + ", or 0 for the last");
        }
        return Integer.valueOf(text);
    }

    private static Digest digest(String text) {
        var bytes = decoded("digest", text);
        if (bytes.length() != DigestAlgorithm.SHA256.digestBytes()) {
            throw new MalformedException("the digest has %d bytes, not the %d of a SHA-256"
                    .formatted(bytes.length(), DigestAlgorithm.SHA256.digestBytes()));
        }
        return new Digest(DigestAlgorithm.SHA256, bytes.toArray());
    }

    private static Bytes decoded(String what, String text) {
        try {
            byte[] bytes = Base64.getDecoder().decode(text);
            if (bytes.length > Signature.BYTES_MAX) {
                throw new MalformedException(
                        "the %s has %d bytes, more than %d".formatted(what, bytes.length, Signature.BYTES_MAX));
            }
            return Bytes.of(bytes);
        } catch (IllegalArgumentException e) {
            throw new MalformedException("the %s is not base64".formatted(what), e);
        }
    }

    /// Go writes `null` for what is not there.
    private static Optional<JsonValue> present(JsonObject object, String name) {
        return object.optional(name).filter(value -> !(value.json() instanceof Json.Null));
    }
}
