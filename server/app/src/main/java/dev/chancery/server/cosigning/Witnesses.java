// SPDX-License-Identifier: Apache-2.0
package dev.chancery.server.cosigning;

import dev.chancery.core.MalformedException;
import dev.chancery.core.Quoted;
import dev.chancery.core.UnavailableException;
import dev.chancery.files.InputFiles;
import dev.chancery.log.LogPolicy;
import dev.chancery.log.Quorum;
import dev.chancery.note.NoteSignature;
import dev.chancery.note.SignedNote;
import dev.chancery.note.VerifierKey;
import dev.chancery.server.tls.TrustedAuthorities;
import dev.chancery.tree.TileSource;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/// The witnesses of a log, and how many of them are enough. For one thread; see the package comment.
public final class Witnesses implements AutoCloseable {
    /// Witnesses that are asked.
    public static final int WITNESSES_MAX = 32;
    /// From the first request of a round to the last answer that counts.
    public static final Duration ROUND_MAX = Duration.ofSeconds(5);

    /// For cosignatures of witnesses that are well, once there are enough.
    private static final Duration LATE_MAX = Duration.ofMillis(100);
    /// After which a retry makes sense: the log tries again every second.
    private static final Duration AGAIN = Duration.ofSeconds(1);

    private final Optional<LogPolicy> policy;
    private final List<WitnessLink> links;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Optional<HttpClient> client;

    private Witnesses(Optional<LogPolicy> policy, Optional<HttpClient> client) {
        this.policy = policy;
        this.client = client;
        this.links = policy.stream()
                .flatMap(known -> known.witnesses().stream())
                .filter(witness -> witness.url().isPresent())
                .map(witness -> new WitnessLink(witness, client.orElseThrow()))
                .toList();
    }

    /// A log that asks nobody.
    public static Witnesses none() {
        return new Witnesses(Optional.empty(), Optional.empty());
    }

    /// Reads the policy of a log.
    ///
    /// Throws `MalformedException` when it is none, does not name the log's key, or demands more than the
    /// witnesses with a URL can give; `UnavailableException` when the file cannot be read.
    public static Witnesses of(WitnessPlan plan, VerifierKey log) {
        var policy = LogPolicy.parse(InputFiles.read("log policy", plan.policy(), LogPolicy.BYTES_MAX));
        if (policy.logs().stream().noneMatch(known -> known.key().equals(log))) {
            throw new MalformedException(
                    "log policy %s does not name the log's own key %s".formatted(plan.policy(), log));
        }
        Set<VerifierKey> asked = policy.witnesses().stream()
                .filter(witness -> witness.url().isPresent())
                .map(witness -> witness.who().key())
                .collect(Collectors.toSet());
        if (asked.size() > WITNESSES_MAX) {
            throw new MalformedException("log policy %s has %d witnesses with a URL, more than %d"
                    .formatted(plan.policy(), asked.size(), WITNESSES_MAX));
        }
        if (!policy.quorum().isMetBy(asked)) {
            throw new MalformedException("log policy %s has the quorum %s, which its witnesses with a URL cannot make"
                    .formatted(plan.policy(), Quoted.text(policy.quorum().label())));
        }
        var client = HttpClient.newBuilder()
                .connectTimeout(ROUND_MAX)
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER);
        plan.authorities().ifPresent(file -> client.sslContext(TrustedAuthorities.context(file)));
        return new Witnesses(Optional.of(policy), Optional.of(client.build()));
    }

    /// Whether anybody is to be asked.
    public boolean any() {
        return policy.isPresent();
    }

    /// The log's checkpoint with cosignatures of the quorum, and of others who were quick.
    ///
    /// Throws `UnavailableException` when the quorum has not cosigned in time; asking again is harmless.
    public SignedNote cosigned(SignedNote note, TileSource tiles) {
        return policy.isPresent() ? round(policy.get(), Question.of(note, tiles)) : note;
    }

    private SignedNote round(LogPolicy known, Question question) {
        var round = new Round(known.quorum(), links);
        var answers = new ExecutorCompletionService<Said>(threads);
        links.forEach(link -> answers.submit(() -> link.ask(question, ROUND_MAX)));
        try {
            for (var next = round.next(answers); next.isPresent(); next = round.next(answers)) {
                round.take(next.get());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new UnavailableException("the log's witnesses were not waited for", AGAIN, e);
        }
        var cosigned = question.note().with(round.cosignatures());
        if (!round.isEnough()) {
            throw new UnavailableException(
                    "the log's checkpoint of %d entries lacks the cosignatures that the quorum %s demands: %s"
                            .formatted(
                                    question.checkpoint().size(),
                                    Quoted.text(known.quorum().label()),
                                    round.complaints()),
                    AGAIN);
        }
        // Verified as everybody will verify it.
        return known.open(cosigned).note();
    }

    /// The answers to one question, as they come.
    private static final class Round {
        private final Quorum quorum;
        private final Set<WitnessLink> waiting;
        private final Map<VerifierKey, NoteSignature> cosignatures = new LinkedHashMap<>();
        private final Map<WitnessLink, String> faults = new LinkedHashMap<>();
        private final long end = System.nanoTime() + ROUND_MAX.toNanos();
        private long late = Long.MAX_VALUE;

        Round(Quorum quorum, List<WitnessLink> links) {
            this.quorum = quorum;
            this.waiting = new HashSet<>(links);
        }

        /// The next answer; empty when no other one is waited for.
        Optional<Said> next(ExecutorCompletionService<Said> answers) throws InterruptedException {
            boolean enough = isEnough();
            if (waiting.isEmpty() || (enough && waiting.stream().noneMatch(WitnessLink::isAnswering))) {
                return Optional.empty();
            }
            long now = System.nanoTime();
            if (enough && late == Long.MAX_VALUE) {
                late = LATE_MAX.toNanos();
            }
            long patience = enough ? Math.min(late, end - now) : end - now;
            Future<Said> answer = answers.poll(Math.max(0, patience), TimeUnit.NANOSECONDS);
            if (enough) {
                late -= System.nanoTime() - now;
            }
            return answer == null ? Optional.empty() : Optional.of(said(answer));
        }

        private static Said said(Future<Said> answer) throws InterruptedException {
            try {
                return answer.get();
            } catch (ExecutionException e) {
                throw new IllegalStateException(e);
            }
        }

        void take(Said said) {
            waiting.remove(said.by());
            switch (said) {
                case Said.Cosigned(var by, var cosignature) -> cosignatures.put(by.key(), cosignature);
                case Said.Not(var by, var why) -> faults.put(by, why);
            }
        }

        boolean isEnough() {
            return quorum.isMetBy(cosignatures.keySet());
        }

        List<NoteSignature> cosignatures() {
            return List.copyOf(cosignatures.values());
        }

        String complaints() {
            var all = new ArrayList<String>();
            faults.forEach((link, why) -> all.add(link + " " + why));
            waiting.forEach(link -> all.add(link + " did not answer in time"));
            return String.join("; ", all);
        }
    }

    /// Ends what is still under way.
    @Override
    public void close() {
        threads.shutdownNow();
        client.ifPresent(HttpClient::shutdownNow);
    }
}
