// SPDX-License-Identifier: Apache-2.0
package dev.chancery.server.signing;

import dev.chancery.core.ChanceryException;
import dev.chancery.core.RefusedException;
import dev.chancery.core.Requester;
import dev.chancery.core.UnavailableException;
import dev.chancery.hashing.Salt;
import dev.chancery.key.Key;
import dev.chancery.key.KeyId;
import dev.chancery.protocol.Question;
import dev.chancery.protocol.Reply;
import dev.chancery.protocol.SigningRequest;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The enclaves that a server asks, each behind its socket. For many threads.
///
/// Which enclave has a key is learnt when it is connected to, and again whenever it has been away: an enclave
/// reads its keys at its start and never later.
public final class Enclaves implements AutoCloseable {
    /// Enclaves of one server: each has a connection and a thread.
    public static final int ENCLAVES_MAX = 64;

    private final List<EnclaveLink> links;
    private final InstantSource clock;

    public Enclaves(List<Path> sockets, InstantSource clock) {
        this.links = sockets.stream().map(EnclaveLink::new).toList();
        this.clock = clock;
    }

    /// A key and where it is.
    private record Placed(EnclaveLink link, Key key) {}

    /// Every signing key of the enclaves that have been reached.
    public List<Key> keys() {
        return links.stream().flatMap(link -> link.keys().stream()).toList();
    }

    /// The one key that can sign this now.
    ///
    /// Throws `RefusedException` (`no-key`, `key-choice`) as an enclave does, or `UnavailableException` when
    /// an enclave that does not answer may have it.
    public Key choose(SigningRequest.Target target) {
        return place(target).key();
    }

    /// The key of this ID, if it is known.
    public Optional<Key> key(KeyId id) {
        return keys().stream().filter(key -> key.id().equals(id)).findFirst();
    }

    private Placed place(SigningRequest.Target target) {
        var now = clock.instant();
        var usable = new ArrayList<Placed>();
        for (var link : links) {
            link.keys().stream()
                    .filter(key -> key.authority().equals(target.authority())
                            && key.format().equals(target.format())
                            && target.key().map(key.id()::equals).orElse(true)
                            && !key.isExpiredAt(now)
                            && !key.created().isAfter(now))
                    .forEach(key -> usable.add(new Placed(link, key)));
        }
        if (usable.size() == 1) {
            return usable.getFirst();
        }
        String whose = "%s's %s".formatted(target.authority(), target.format());
        if (usable.isEmpty()) {
            links.stream().flatMap(link -> link.fault().stream()).findFirst().ifPresent(fault -> {
                throw new UnavailableException(fault);
            });
            throw new RefusedException(
                    "no-key", "there is no key for %s signatures that can sign now".formatted(whose));
        }
        throw new RefusedException(
                "key-choice", "%d keys can make %s signatures; name one".formatted(usable.size(), whose));
    }

    /// Asks for signatures in the name of a requester. One failure does not fail the rest.
    public List<Reply.Result> sign(Requester requester, List<SigningRequest> requests) {
        var results = new Reply.Result[requests.size()];
        Map<EnclaveLink, List<Integer>> places = new LinkedHashMap<>();
        for (int i = 0; i < results.length; i++) {
            try {
                places.computeIfAbsent(place(requests.get(i).target()).link(), link -> new ArrayList<>())
                        .add(i);
            } catch (ChanceryException e) {
                results[i] = new Reply.Result.Failed(e);
            }
        }
        places.forEach((link, indexes) -> {
            var answers =
                    ask(link, requester, indexes.stream().map(requests::get).toList());
            for (int i = 0; i < indexes.size(); i++) {
                results[indexes.get(i)] = answers.get(i);
            }
        });
        return Arrays.asList(results);
    }

    /// Salts for signatures that this requester wants, each for one: the enclave that issued them is the one
    /// that takes them. Throws `MalformedException` for a format that has none.
    public List<Salt> salts(Requester requester, SigningRequest.Target target, int count) {
        var wanted = new Question.Salts(Optional.of(requester), target.authority(), target.format(), count);
        return place(target).link().salts(wanted);
    }

    private static List<Reply.Result> ask(EnclaveLink link, Requester requester, List<SigningRequest> requests) {
        try {
            return link.sign(requester, requests);
        } catch (ChanceryException e) {
            return requests.stream()
                    .map(request -> (Reply.Result) new Reply.Result.Failed(e))
                    .toList();
        }
    }

    /// What keeps the enclaves from signing: one sentence for each that does not answer, and for each key
    /// that did not sign when it was last to.
    public List<String> faults() {
        return links.stream().flatMap(link -> link.faults().stream()).toList();
    }

    @Override
    public void close() {
        links.forEach(EnclaveLink::close);
    }
}
