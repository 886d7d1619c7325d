// SPDX-License-Identifier: Apache-2.0
package dev.chancery.enclave.doors;

import dev.chancery.core.Authority;
import dev.chancery.core.ChanceryException;
import dev.chancery.core.FormatName;
import dev.chancery.core.Requester;
import dev.chancery.enclave.Asker;
import dev.chancery.enclave.Engine;
import dev.chancery.key.KeyPurpose;
import dev.chancery.policy.SigningRules;
import dev.chancery.protocol.Frames;
import dev.chancery.protocol.Health;
import dev.chancery.protocol.Question;
import dev.chancery.protocol.Reply;
import dev.chancery.protocol.SigningRequest;
import java.io.IOException;
import java.security.SecureRandom;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/// Questions in frames, answered as they are done.
final class RequestConversation implements Conversation {
    /// Where work waits that no key is for: refusing it takes no time.
    private static final Lane NO_KEY = new Lane(new Authority("none"), new FormatName("none"));

    /// One for each authority and format that there is a key for.
    record Lane(Authority authority, FormatName format) {}

    /// What questions are answered with. Peers in `vouchers` may ask for others.
    record Office(
            Engine engine, SigningRules rules, Set<Requester> vouchers, SecureRandom random, Supplier<Health> health) {}

    private final Office office;
    private final FairQueue<Lane> queue;
    private final Set<Lane> lanes;
    private final ConcurrentHashMap<Requester, Load.Limit> limits = new ConcurrentHashMap<>();

    RequestConversation(Office office, FairQueue<Lane> queue) {
        this.office = office;
        this.queue = queue;
        this.lanes = office.engine().keys().stream()
                .map(key -> new Lane(key.authority(), key.format()))
                .collect(Collectors.toUnmodifiableSet());
    }

    @Override
    public void hold(Connection connection, Requester peer) throws IOException {
        var limit = limits.computeIfAbsent(peer, who -> Load.Limit.ofPeer());
        try (var answering = new Answering(connection, limit)) {
            new RequestReader(this, connection, answering).readAll(peer);
        }
    }

    @Override
    public void turnAway(Connection connection, ChanceryException reason) throws IOException {
        Frames.write(connection, new Reply(0, new Reply.Fault(reason)).write());
    }

    Office office() {
        return office;
    }

    /// Has a request worked on when it is its turn. Lanes are for the keys that there are, not for what is
    /// asked for.
    void add(SigningRequest request, Requester requester, Runnable work) {
        var lane = new Lane(request.authority(), request.format());
        queue.add(lanes.contains(lane) ? lane : NO_KEY, requester, work);
    }

    /// So many salts as the question asks for.
    Reply.Salts salts(Question.Salts asked, Asker asker) {
        var target = new SigningRequest.Target(asked.authority(), asked.format(), Optional.empty());
        return new Reply.Salts(office.engine().salts(asker, target, asked.count(), office.random()));
    }

    /// The keys that a peer may have used by some rule; one who may ask for others sees all.
    Reply.Keys keys(Requester peer) {
        return new Reply.Keys(office.engine().keys().stream()
                .filter(key -> key.purpose() == KeyPurpose.SIGN && sees(peer, key.authority()))
                .toList());
    }

    /// Of the same keys.
    Health health(Requester peer) {
        var whole = office.health().get();
        var keys =
                whole.keys().stream().filter(key -> sees(peer, key.authority())).toList();
        return new Health(keys, whole.confinement(), whole.audit());
    }

    private boolean sees(Requester peer, Authority authority) {
        return office.vouchers().contains(peer) || office.rules().mayAsk(peer, authority);
    }
}
