// SPDX-License-Identifier: Apache-2.0
package dev.chancery.enclave;

import dev.chancery.core.Artifact;
import dev.chancery.core.ArtifactName;
import dev.chancery.core.ChanceryException;
import dev.chancery.core.MalformedException;
import dev.chancery.core.RefusedException;
import dev.chancery.core.Requester;
import dev.chancery.core.Signature;
import dev.chancery.core.UnavailableException;
import dev.chancery.format.FormatDescription;
import dev.chancery.format.SignatureTerms;
import dev.chancery.formats.Formats;
import dev.chancery.hashing.Measure;
import dev.chancery.hashing.Measured;
import dev.chancery.hashing.Salt;
import dev.chancery.key.CertificateChain;
import dev.chancery.key.Key;
import dev.chancery.key.KeyId;
import dev.chancery.key.KeyProvider;
import dev.chancery.key.KeyPurpose;
import dev.chancery.key.SignatureValue;
import dev.chancery.key.SigningKey;
import dev.chancery.key.ToBeSigned;
import dev.chancery.policy.SigningQuestion;
import dev.chancery.policy.SigningRule;
import dev.chancery.policy.SigningRules;
import dev.chancery.protocol.KeyChoice;
import dev.chancery.protocol.SigningRequest;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.stream.Stream;

/// Signs what the rules permit. See the package comment for the steps. Safe for use by several threads.
public final class Engine {
    private static final ArtifactName TEST_NAME = new ArtifactName("start-up-self-test");

    private final SigningRules rules;
    private final KeyProvider keys;
    /// What was there at the start; a key that is made later is for the next start.
    private final List<Key> listed;
    private final Formats formats;
    private final Recorder recorder;
    private final SigningRates rates = new SigningRates();
    private final Salts issued = new Salts();
    /// Opened keys, kept so that a passphrase is stretched once. Written by whoever asks for a key first.
    private final ConcurrentHashMap<KeyId, SigningKey> open = new ConcurrentHashMap<>();
    /// Why a key did not sign the last time it was to. Written by whoever made it try.
    private final ConcurrentHashMap<KeyId, ChanceryException> faults = new ConcurrentHashMap<>();

    public Engine(SigningRules rules, KeyProvider keys, Formats formats, Recorder recorder) {
        this.rules = rules;
        this.keys = keys;
        this.listed = keys.keys();
        this.formats = formats;
        this.recorder = recorder;
    }

    /// Throws `RefusedException` when a rule says no, `MalformedException` when the request lacks what the
    /// format needs, `UnavailableException` when the key cannot be used now, or when what was decided cannot be
    /// recorded. Whatever it is, it is on record before this returns or throws.
    public Signature sign(Asker asker, SigningRequest request) {
        var answer = new CompletableFuture<Signature>();
        sign(asker, request, new Receiver() {
            @Override
            public void signed(Signature signature, Key key) {
                answer.complete(signature);
            }

            @Override
            public void failed(ChanceryException error) {
                answer.completeExceptionally(error);
            }
        });
        try {
            return answer.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof ChanceryException error) {
                throw error;
            }
            throw e;
        }
    }

    /// Where an answer goes. Must not throw and not wait: it is told by the thread that records for all.
    public interface Receiver {
        /// By which key, too: whoever asked without a key ID has to be told.
        void signed(Signature signature, Key key);

        void failed(ChanceryException error);
    }

    /// The same without waiting until it is on record: the receiver is told then, by whatever thread.
    public void sign(Asker asker, SigningRequest request, Receiver receiver) {
        Instant now = recorder.now();
        var recording = recorder.begin(asker, request, now);
        Signed signed;
        try {
            signed = sign(asker, request, now);
        } catch (ChanceryException e) {
            recording.make(recording.denied(e), fault -> receiver.failed(fault.isPresent() ? fault.get() : e));
            return;
        }
        recording.make(
                recording.granted(signed.key(), signed.signature(), signed.over()),
                fault -> fault.ifPresentOrElse(
                        receiver::failed, () -> receiver.signed(signed.signature(), signed.key())));
    }

    /// Draws a salt for one signature and issues it to the asker, who has to hash it before the content;
    /// [Salt#NONE] where the format has none. The rest is as with [#salts].
    public Salt salt(Asker asker, SigningRequest.Target target, SecureRandom random) {
        boolean salted = formats.get(target.format()).signing().saltBytes() > 0;
        return salted ? salts(asker, target, 1, random).getFirst() : Salt.NONE;
    }

    /// So many salts. Nothing of them is recorded: the requests that use them are.
    ///
    /// Throws `MalformedException` where the format has none, `RefusedException` where no rule lets him ask
    /// the authority for anything, `UnavailableException` when he has too many that he has not used.
    public List<Salt> salts(Asker asker, SigningRequest.Target target, int count, SecureRandom random) {
        int length = formats.get(target.format()).signing().saltBytes();
        if (length == 0) {
            throw new MalformedException("format %s has no salt".formatted(target.format()));
        }
        if (!rules.mayAsk(asker.requester(), target.authority())) {
            throw new RefusedException(
                    SigningRules.NO_RULE,
                    "no signing rule lets requester %s ask authority %s"
                            .formatted(asker.requester(), target.authority()));
        }
        var drawn =
                Stream.generate(() -> Salt.draw(length, random)).limit(count).toList();
        issued.issue(asker, drawn, recorder.now());
        return drawn;
    }

    /// For one who asks for himself, for one thing.
    public Signature sign(Requester requester, SigningRequest request) {
        return sign(new Asker(requester), request);
    }

    private record Signed(Key key, Signature signature, Set<Measure> over) {}

    private Signed sign(Asker asker, SigningRequest request, Instant now) {
        var format = formats.get(request.format());
        var permitting = permit(asker, request, now, format.signing().artifacts(request.content(), request.name()));
        Key chosen = choose(request, now);
        requireBond(chosen, request);
        SigningKey key = opened(chosen);
        requireBond(key.key(), request);
        requireSame(chosen, key.key());
        permitting.forEach(rule -> rates.take(rule, asker.requester(), now));
        var salt = salt(asker, format, request.content(), now);
        var signature = format.signing().sign(request.content(), request.terms(now), key);
        if (!format.verifying().isBy(chosen, signature, request.content())) {
            var fault = new UnavailableException(
                    "key %s gave a signature that does not verify; it is withheld".formatted(chosen.id()));
            faults.put(chosen.id(), fault);
            throw fault;
        }
        var scheme = chosen.publicKey().scheme();
        return new Signed(chosen, signature, format.signing().measures(scheme, request.encoding(), salt));
    }

    /// The salt that the content begins with, used up herewith. It is the last thing that is asked for: who
    /// is refused for another reason keeps it, and need not hash his content again.
    private Salt salt(Asker asker, Formats.Format format, Measured content, Instant now) {
        if (format.signing().saltBytes() == 0) {
            return Salt.NONE;
        }
        var salt = content.salt();
        if (salt.isNone()) {
            throw new MalformedException("the request names no salt, and format %s wants one"
                    .formatted(format.description().name()));
        }
        issued.take(asker, salt, now);
        return salt;
    }

    private SigningKey opened(Key key) {
        var known = open.get(key.id());
        return known != null
                ? known
                : open.computeIfAbsent(key.id(), id -> new WatchedKey(watched(id, () -> keys.open(id)), this::watched));
    }

    /// What a key does; remembers why it could not, or that it could.
    private <T> T watched(KeyId key, Supplier<T> use) {
        try {
            T done = use.get();
            faults.remove(key);
            return done;
        } catch (ChanceryException e) {
            faults.put(key, e);
            throw e;
        }
    }

    /// A key whose failures the engine hears of. What the request lacks is found before it is asked.
    private record WatchedKey(SigningKey inner, Watch watch) implements SigningKey {
        interface Watch {
            SignatureValue watched(KeyId key, Supplier<SignatureValue> use);
        }

        @Override
        public Key key() {
            return inner.key();
        }

        @Override
        public SignatureValue sign(ToBeSigned toBeSigned) {
            return watch.watched(key().id(), () -> inner.sign(toBeSigned));
        }

        @Override
        public Optional<CertificateChain> certificates() {
            return inner.certificates();
        }
    }

    /// The rules that permit it, each once.
    private Set<SigningRule> permit(Asker asker, SigningRequest request, Instant now, List<Artifact> artifacts) {
        if (artifacts.isEmpty()) {
            throw new MalformedException("the request speaks of no artifact");
        }
        var permitting = new LinkedHashSet<SigningRule>();
        for (Artifact artifact : artifacts) {
            var question = new SigningQuestion(request.authority(), request.format(), artifact, now, asker.batch());
            permitting.add(rules.permit(asker.requester(), question));
        }
        return permitting;
    }

    /// Signs something with each key that can sign now, as if it had been asked for, and checks it; nothing
    /// of it leaves and nothing is recorded. [#faults] has what came of it.
    public void test(Measured content) {
        Instant now = recorder.now();
        for (Key key : listed) {
            try {
                if (key.purpose() == KeyPurpose.SIGN && !key.isExpiredAt(now)) {
                    test(key, content, now);
                }
            } catch (ChanceryException e) {
                faults.put(key.id(), e);
            }
        }
    }

    /// The keys that did not sign when they were last to, and why.
    public Map<KeyId, ChanceryException> faults() {
        return Map.copyOf(faults);
    }

    private void test(Key key, Measured content, Instant now) {
        var opened = opened(key);
        requireSame(key, opened.key());
        var format = formats.get(key.format());
        var terms = new SignatureTerms(TEST_NAME, format.description().defaultEncoding(), now);
        if (format.description().signs() != FormatDescription.Signs.ARTIFACT) {
            return; // opening it has shown that both halves belong together
        }
        if (!format.verifying().isBy(key, format.signing().sign(content, terms, opened), content)) {
            throw new UnavailableException("key %s gave a signature that does not verify".formatted(key.id()));
        }
    }

    /// The keys that were there at the start.
    public List<Key> keys() {
        return listed;
    }

    /// The key that would sign this now; for whoever must know beforehand what to measure.
    public Key choose(SigningRequest.Target target) {
        return choose(target, recorder.now());
    }

    private Key choose(SigningRequest request, Instant now) {
        return choose(request.target(), now);
    }

    private Key choose(SigningRequest.Target target, Instant now) {
        return KeyChoice.of(listed, target, now);
    }

    /// The opened key is the listed one in every field, else its expiry or its public half was somebody else's.
    private static void requireSame(Key chosen, Key opened) {
        if (!opened.equals(chosen)) {
            throw new RefusedException(
                    "key-bond",
                    "key %s was asked for and key %s, another one, was opened".formatted(chosen.id(), opened.id()));
        }
    }

    /// One key, one format, one authority, one purpose: asked of the description before the key is opened and
    /// of the opened key again, whatever the provider answered.
    private static void requireBond(Key key, SigningRequest request) {
        boolean bound = key.authority().equals(request.authority())
                && key.format().equals(request.format())
                && key.purpose() == KeyPurpose.SIGN;
        if (!bound) {
            throw new RefusedException(
                    "key-bond",
                    "key %s is bound to %s, %s, %s"
                            .formatted(
                                    key.id(),
                                    key.authority(),
                                    key.format(),
                                    key.purpose().label()));
        }
    }
}
