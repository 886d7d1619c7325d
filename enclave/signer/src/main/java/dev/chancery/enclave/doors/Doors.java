// SPDX-License-Identifier: Apache-2.0
package dev.chancery.enclave.doors;

import dev.chancery.core.Encoding;
import dev.chancery.core.MalformedException;
import dev.chancery.enclave.Engine;
import dev.chancery.formats.Formats;
import dev.chancery.hashing.Hashes;
import dev.chancery.policy.SigningRules;
import dev.chancery.protocol.Health;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.function.Supplier;

/// All doors of an enclave. First every socket is made, then all are opened: whoever can connect is answered.
public final class Doors implements AutoCloseable {
    /// Connections to a door: a server's pool, and as many programs as a machine runs.
    private static final int CONNECTIONS = 1_024;
    /// Streams of one door that are read at once: each has a thread, and a quarter of a megabyte.
    private static final FairQueue.Width STREAMS = new FairQueue.Width(32, 24);
    private static final long SWEEP_MILLISECONDS = 1_000;

    private final List<Door> doors;

    private Doors(List<Door> doors) {
        this.doors = doors;
    }

    /// What stands behind the doors.
    public record House(
            Engine engine,
            SigningRules rules,
            Formats formats,
            Hashes hashes,
            SecureRandom random,
            Supplier<Health> health) {}

    /// Makes the sockets. Throws `MalformedException` for a plan that cannot be right, `UnavailableException`
    /// for a socket that cannot be made.
    public static Doors make(List<DoorPlan> plans, House house) {
        var requesters = new HashSet<>(house.rules().requesters());
        plans.forEach(plan -> {
            if (plan instanceof DoorPlan.RequestDoor door) {
                requesters.addAll(door.vouchers());
            }
        });
        var peers = Peers.of(requesters, FileSystems.getDefault());
        var threads = Executors.newCachedThreadPool(
                Thread.ofPlatform().name("chancery-work-", 0).daemon().factory());
        int cores = Runtime.getRuntime().availableProcessors();
        var visitors = new Visitors(peers, threads, new FairQueue<>(threads, new FairQueue.Width(cores, cores)));
        var doors = new ArrayList<Door>();
        boolean kept = false;
        try {
            for (DoorPlan plan : plans) {
                doors.add(
                        switch (plan) {
                            case DoorPlan.RequestDoor door -> requestDoor(door, house, visitors);
                            case DoorPlan.StreamDoor door -> streamDoor(door, house, visitors);
                            case DoorPlan.SignstarDoor door -> {
                                var task = new SignstarTask(house.engine(), door.target());
                                yield streamDoor(door, new StreamConversation(task, door.greeting()), visitors);
                            }
                        });
            }
            kept = true;
            return new Doors(List.copyOf(doors));
        } finally {
            if (!kept) {
                closeAll(doors);
            }
        }
    }

    /// Of an enclave that does not come to be no socket answers.
    private static void closeAll(List<Door> doors) {
        for (Door door : doors) {
            try {
                door.close();
            } catch (IOException ignored) {
                // What is told is why the start failed.
            }
        }
    }

    private record Visitors(Peers peers, Executor threads, FairQueue<RequestConversation.Lane> queue) {}

    private static Door requestDoor(DoorPlan.RequestDoor plan, House house, Visitors visitors) {
        var office = new RequestConversation.Office(
                house.engine(), house.rules(), plan.vouchers(), house.random(), house.health());
        var terms = new Door.Terms(
                CONNECTIONS,
                plan.silenceSeconds(),
                (peer, service) -> Thread.ofVirtual().name("chancery-request").start(service));
        return Door.make(plan.socket(), visitors.peers(), new RequestConversation(office, visitors.queue()), terms);
    }

    private static Door streamDoor(DoorPlan.StreamDoor plan, House house, Visitors visitors) {
        var target = plan.signed().target();
        var description = house.formats().get(target.format()).description();
        var encoding = plan.signed().encoding().orElse(description.defaultEncoding());
        description.suffix(encoding);
        if (encoding == Encoding.CLEARTEXT) {
            throw new MalformedException("a stream door gives detached signatures, not cleartext documents");
        }
        var wanted = new ContentTask.Wanted(target, encoding);
        var task = new ContentTask(
                house.engine(), house.formats(), new ContentTask.Reading(house.hashes(), house.random()), wanted);
        return streamDoor(plan, new StreamConversation(task, plan.greeting()), visitors);
    }

    /// Platform threads for streams: hashing does not yield, and requests must not wait for a long one.
    private static Door streamDoor(DoorPlan plan, StreamConversation conversation, Visitors visitors) {
        var queue = new FairQueue<Path>(visitors.threads(), STREAMS);
        var terms = new Door.Terms(
                CONNECTIONS, plan.silenceSeconds(), (peer, service) -> queue.add(plan.socket(), peer, service));
        return Door.make(plan.socket(), visitors.peers(), conversation, terms);
    }

    /// Begins to answer, in other threads.
    public void open() {
        doors.forEach(Door::open);
        Thread.ofPlatform().name("chancery-sweep").daemon().start(this::sweep);
    }

    private void sweep() {
        while (true) {
            try {
                Thread.sleep(SWEEP_MILLISECONDS);
            } catch (InterruptedException e) {
                return;
            }
            doors.forEach(Door::sweep);
        }
    }

    @Override
    public void close() throws IOException {
        for (Door door : doors) {
            door.close();
        }
    }
}
